// The list of keys of each page, as `?` shows it.

export const keyList = {
  wall: [
    ['Arrow keys', 'select a chair'],
    ['Enter', 'open the selected chair'],
    ['A', 'acknowledge the most urgent alarm of the selected chair'],
    ['Space', 'pause the sound of the selected chair for 2 minutes, or of this station when none is selected'],
    ['?', 'this list'],
  ],
  chair: [
    ['Esc', 'back to the wall'],
    ['A', 'acknowledge the most urgent alarm'],
    ['Space', 'pause the sound for 2 minutes'],
    ['N', 'measure the blood pressure'],
    ['O', 'observation and sign-off'],
    ['W', 'who you are'],
    ['C H I', 'checklist, chart, limbs'],
    ['E S M X', 'note, symptom, drug, oxygen'],
    ['B K', 'pressure by hand, breathing counted'],
    ['Enter in a form', 'record it'],
    ['Esc in a form', 'close it; what was typed stays'],
    ['?', 'this list'],
  ],
  observation: [
    ['Esc', 'back to the chair'],
    ['Q', 'the first open question'],
    ['First letter', 'chooses an answer; Backspace takes it back'],
    ['Enter in an answer', 'record all answers'],
    ['G', 'sign'],
    ['W', 'who you are'],
    ['A', 'acknowledge the most urgent alarm'],
    ['Space', 'pause the sound for 2 minutes'],
    ['N', 'measure the blood pressure'],
    ['H E S M X', 'chart, note, symptom, drug, oxygen'],
    ['B K', 'pressure by hand, breathing counted'],
    ['?', 'this list'],
  ],
};
