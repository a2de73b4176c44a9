// The web pages as bytes in the binary. `#embed` tracks the files: a changed page is a rebuild.
// A new file needs two lines: one where it is embedded, one in the table.

#include "cweb.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

#define PAGE "text/html; charset=utf-8"
#define STYLE "text/css; charset=utf-8"
#define SCRIPT "text/javascript; charset=utf-8"
#define IMAGE "image/svg+xml"
#define JSON "application/json"

static const unsigned char wall_html[] = {
#embed "web/wall.html"
};
static const unsigned char chair_html[] = {
#embed "web/chair.html"
};
static const unsigned char login_html[] = {
#embed "web/login.html"
};
static const unsigned char observation_html[] = {
#embed "web/observation.html"
};
static const unsigned char action_button_js[] = {
#embed "web/action-button.js"
};
static const unsigned char alarm_list_js[] = {
#embed "web/alarm-list.js"
};
static const unsigned char alarm_css[] = {
#embed "web/alarm.css"
};
static const unsigned char alarms_js[] = {
#embed "web/alarms.js"
};
static const unsigned char base_css[] = {
#embed "web/base.css"
};
static const unsigned char beat_js[] = {
#embed "web/beat.js"
};
static const unsigned char burst_js[] = {
#embed "web/burst.js"
};
static const unsigned char chair_keys_js[] = {
#embed "web/chair-keys.js"
};
static const unsigned char chair_model_js[] = {
#embed "web/chair-model.js"
};
static const unsigned char chair_page_js[] = {
#embed "web/chair-page.js"
};
static const unsigned char chair_css[] = {
#embed "web/chair.css"
};
static const unsigned char chair_js[] = {
#embed "web/chair.js"
};
static const unsigned char chart_scale_js[] = {
#embed "web/chart-scale.js"
};
static const unsigned char check_in_js[] = {
#embed "web/check-in.js"
};
static const unsigned char clocks_panel_js[] = {
#embed "web/clocks-panel.js"
};
static const unsigned char command_form_js[] = {
#embed "web/command-form.js"
};
static const unsigned char commands_js[] = {
#embed "web/commands.js"
};
static const unsigned char confirmations_js[] = {
#embed "web/confirmations.js"
};
static const unsigned char criteria_model_js[] = {
#embed "web/criteria-model.js"
};
static const unsigned char criteria_panel_js[] = {
#embed "web/criteria-panel.js"
};
static const unsigned char dialogs_js[] = {
#embed "web/dialogs.js"
};
static const unsigned char dom_js[] = {
#embed "web/dom.js"
};
static const unsigned char ends_panel_js[] = {
#embed "web/ends-panel.js"
};
static const unsigned char event_list_js[] = {
#embed "web/event-list.js"
};
static const unsigned char field_check_js[] = {
#embed "web/field-check.js"
};
static const unsigned char field_js[] = {
#embed "web/field.js"
};
static const unsigned char flash_js[] = {
#embed "web/flash.js"
};
static const unsigned char form_list_js[] = {
#embed "web/form-list.js"
};
static const unsigned char format_js[] = {
#embed "web/format.js"
};
static const unsigned char forms_panel_js[] = {
#embed "web/forms-panel.js"
};
static const unsigned char forms_css[] = {
#embed "web/forms.css"
};
static const unsigned char forms_js[] = {
#embed "web/forms.js"
};
static const unsigned char frame_js[] = {
#embed "web/frame.js"
};
static const unsigned char icon_svg[] = {
#embed "web/icon.svg"
};
static const unsigned char keyed_js[] = {
#embed "web/keyed.js"
};
static const unsigned char layout_js[] = {
#embed "web/layout.js"
};
static const unsigned char link_js[] = {
#embed "web/link.js"
};
static const unsigned char login_css[] = {
#embed "web/login.css"
};
static const unsigned char login_form_js[] = {
#embed "web/login-form.js"
};
static const unsigned char login_page_js[] = {
#embed "web/login-page.js"
};
static const unsigned char login_js[] = {
#embed "web/login.js"
};
static const unsigned char openapi_json[] = {
#embed "web/openapi.json"
};
static const unsigned char observation_js[] = {
#embed "web/observation.js"
};
static const unsigned char overlay_js[] = {
#embed "web/overlay.js"
};
static const unsigned char person_js[] = {
#embed "web/person.js"
};
static const unsigned char rail_js[] = {
#embed "web/rail.js"
};
static const unsigned char server_clock_js[] = {
#embed "web/server-clock.js"
};
static const unsigned char session_feed_js[] = {
#embed "web/session-feed.js"
};
static const unsigned char session_panel_js[] = {
#embed "web/session-panel.js"
};
static const unsigned char signing_panel_js[] = {
#embed "web/signing-panel.js"
};
static const unsigned char sound_check_js[] = {
#embed "web/sound-check.js"
};
static const unsigned char sound_panel_js[] = {
#embed "web/sound-panel.js"
};
static const unsigned char sound_station_js[] = {
#embed "web/sound-station.js"
};
static const unsigned char sound_js[] = {
#embed "web/sound.js"
};
static const unsigned char speaker_js[] = {
#embed "web/speaker.js"
};
static const unsigned char station_js[] = {
#embed "web/station.js"
};
static const unsigned char stream_worker_js[] = {
#embed "web/stream-worker.js"
};
static const unsigned char strip_js[] = {
#embed "web/strip.js"
};
static const unsigned char texts_forms_js[] = {
#embed "web/texts-forms.js"
};
static const unsigned char texts_keys_js[] = {
#embed "web/texts-keys.js"
};
static const unsigned char texts_sound_js[] = {
#embed "web/texts-sound.js"
};
static const unsigned char texts_js[] = {
#embed "web/texts.js"
};
static const unsigned char tile_css[] = {
#embed "web/tile.css"
};
static const unsigned char tile_js[] = {
#embed "web/tile.js"
};
static const unsigned char timer_panel_js[] = {
#embed "web/timer-panel.js"
};
static const unsigned char trend_draw_js[] = {
#embed "web/trend-draw.js"
};
static const unsigned char trend_js[] = {
#embed "web/trend.js"
};
static const unsigned char unlock_js[] = {
#embed "web/unlock.js"
};
static const unsigned char vitals_panel_js[] = {
#embed "web/vitals-panel.js"
};
static const unsigned char wall_css[] = {
#embed "web/wall.css"
};
static const unsigned char wall_js[] = {
#embed "web/wall.js"
};

#define ASSET(path, type, bytes) {path, type, bytes, sizeof bytes}

static const struct cweb_asset assets[] = {
    ASSET("/wall", PAGE, wall_html),
    ASSET("/chairs/{chair}", PAGE, chair_html),
    ASSET("/login", PAGE, login_html),
    ASSET("/api/v1/openapi.json", JSON, openapi_json),
    ASSET("/chairs/{chair}/observation", PAGE, observation_html),
    ASSET("/assets/action-button.js", SCRIPT, action_button_js),
    ASSET("/assets/alarm-list.js", SCRIPT, alarm_list_js),
    ASSET("/assets/alarm.css", STYLE, alarm_css),
    ASSET("/assets/alarms.js", SCRIPT, alarms_js),
    ASSET("/assets/base.css", STYLE, base_css),
    ASSET("/assets/beat.js", SCRIPT, beat_js),
    ASSET("/assets/burst.js", SCRIPT, burst_js),
    ASSET("/assets/chair-keys.js", SCRIPT, chair_keys_js),
    ASSET("/assets/chair-model.js", SCRIPT, chair_model_js),
    ASSET("/assets/chair-page.js", SCRIPT, chair_page_js),
    ASSET("/assets/chair.css", STYLE, chair_css),
    ASSET("/assets/chair.js", SCRIPT, chair_js),
    ASSET("/assets/chart-scale.js", SCRIPT, chart_scale_js),
    ASSET("/assets/check-in.js", SCRIPT, check_in_js),
    ASSET("/assets/clocks-panel.js", SCRIPT, clocks_panel_js),
    ASSET("/assets/command-form.js", SCRIPT, command_form_js),
    ASSET("/assets/commands.js", SCRIPT, commands_js),
    ASSET("/assets/confirmations.js", SCRIPT, confirmations_js),
    ASSET("/assets/criteria-model.js", SCRIPT, criteria_model_js),
    ASSET("/assets/criteria-panel.js", SCRIPT, criteria_panel_js),
    ASSET("/assets/dialogs.js", SCRIPT, dialogs_js),
    ASSET("/assets/dom.js", SCRIPT, dom_js),
    ASSET("/assets/ends-panel.js", SCRIPT, ends_panel_js),
    ASSET("/assets/event-list.js", SCRIPT, event_list_js),
    ASSET("/assets/field-check.js", SCRIPT, field_check_js),
    ASSET("/assets/field.js", SCRIPT, field_js),
    ASSET("/assets/flash.js", SCRIPT, flash_js),
    ASSET("/assets/form-list.js", SCRIPT, form_list_js),
    ASSET("/assets/format.js", SCRIPT, format_js),
    ASSET("/assets/forms-panel.js", SCRIPT, forms_panel_js),
    ASSET("/assets/forms.css", STYLE, forms_css),
    ASSET("/assets/forms.js", SCRIPT, forms_js),
    ASSET("/assets/frame.js", SCRIPT, frame_js),
    ASSET("/assets/icon.svg", IMAGE, icon_svg),
    ASSET("/assets/keyed.js", SCRIPT, keyed_js),
    ASSET("/assets/layout.js", SCRIPT, layout_js),
    ASSET("/assets/link.js", SCRIPT, link_js),
    ASSET("/assets/login.css", STYLE, login_css),
    ASSET("/assets/login-form.js", SCRIPT, login_form_js),
    ASSET("/assets/login-page.js", SCRIPT, login_page_js),
    ASSET("/assets/login.js", SCRIPT, login_js),
    ASSET("/assets/observation.js", SCRIPT, observation_js),
    ASSET("/assets/overlay.js", SCRIPT, overlay_js),
    ASSET("/assets/person.js", SCRIPT, person_js),
    ASSET("/assets/rail.js", SCRIPT, rail_js),
    ASSET("/assets/server-clock.js", SCRIPT, server_clock_js),
    ASSET("/assets/session-feed.js", SCRIPT, session_feed_js),
    ASSET("/assets/session-panel.js", SCRIPT, session_panel_js),
    ASSET("/assets/signing-panel.js", SCRIPT, signing_panel_js),
    ASSET("/assets/sound-check.js", SCRIPT, sound_check_js),
    ASSET("/assets/sound-panel.js", SCRIPT, sound_panel_js),
    ASSET("/assets/sound-station.js", SCRIPT, sound_station_js),
    ASSET("/assets/sound.js", SCRIPT, sound_js),
    ASSET("/assets/speaker.js", SCRIPT, speaker_js),
    ASSET("/assets/station.js", SCRIPT, station_js),
    ASSET("/assets/stream-worker.js", SCRIPT, stream_worker_js),
    ASSET("/assets/strip.js", SCRIPT, strip_js),
    ASSET("/assets/texts-forms.js", SCRIPT, texts_forms_js),
    ASSET("/assets/texts-keys.js", SCRIPT, texts_keys_js),
    ASSET("/assets/texts-sound.js", SCRIPT, texts_sound_js),
    ASSET("/assets/texts.js", SCRIPT, texts_js),
    ASSET("/assets/tile.css", STYLE, tile_css),
    ASSET("/assets/tile.js", SCRIPT, tile_js),
    ASSET("/assets/timer-panel.js", SCRIPT, timer_panel_js),
    ASSET("/assets/trend-draw.js", SCRIPT, trend_draw_js),
    ASSET("/assets/trend.js", SCRIPT, trend_js),
    ASSET("/assets/unlock.js", SCRIPT, unlock_js),
    ASSET("/assets/vitals-panel.js", SCRIPT, vitals_panel_js),
    ASSET("/assets/wall.css", STYLE, wall_css),
    ASSET("/assets/wall.js", SCRIPT, wall_js),
};

size_t cweb_count(void) { return sizeof assets / sizeof *assets; }

const struct cweb_asset *cweb_asset_at(size_t index) {
  return index < cweb_count() ? &assets[index] : NULL;
}
