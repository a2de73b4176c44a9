// What can be filled in, as the server defines it: fields, ranges and words stand nowhere else.

const RETRY_MS = 2000;
const TIMEOUT_MS = 5000;

let table = null;
const waiting = new Set();

/** Asks the server once; then calls everybody who waits. */
export async function loadForms() {
  try {
    const answer = await fetch('/api/v1/forms', { signal: AbortSignal.timeout(TIMEOUT_MS) });
    if (!answer.ok) throw new Error(`status ${answer.status}`);
    table = await answer.json();
    for (const call of waiting) call();
    waiting.clear();
  } catch {
    setTimeout(loadForms, RETRY_MS);
  }
}

/** Calls now or as soon as the forms are known. */
export function whenForms(call) {
  if (table) call();
  else waiting.add(call);
}

/** The fields of a command, or of a `pressure` or `respiration` taken by hand. */
export function fieldsOf(name) {
  return table?.readings[name] ?? table?.commands[name]?.fields ?? [];
}

/** Does this command make sense in this phase? `null` is a chair without a session. */
export function isFor(command, phase) {
  return table?.commands[command]?.phases.includes(phase ?? 'none') ?? false;
}

/** Whether somebody in this role may give it at all; of nobody, everything is said. */
export function mayGive(command, role) {
  return role === undefined || (table?.commands[command]?.roles.includes(role) ?? false);
}

/** The fields of the chart that a route asks for. */
export function mandatoryFor(route) {
  return table?.mandatory[route] ?? [];
}

/** Which answers of an assessment a criterion looks at. */
export function questionsOf(criterion) {
  return table?.questions[criterion] ?? [];
}
