//! Shapes from Lucide 1.x (<https://lucide.dev>), ISC licence, copyright Lucide Contributors; some stem from Feather,
//! MIT licence, copyright Cole Bemis. Only what some page uses stands here.

use super::IconShape;

pub const ARROW_LEFT: IconShape = IconShape("<path d='m12 19-7-7 7-7'/><path d='M19 12H5'/>");
pub const ARROW_DOWN_RIGHT: IconShape = IconShape("<path d='m7 7 10 10'/><path d='M17 7v10H7'/>");
pub const ARROW_RIGHT: IconShape = IconShape("<path d='M5 12h14'/><path d='m12 5 7 7-7 7'/>");
pub const ARROW_UP_RIGHT: IconShape = IconShape("<path d='M7 7h10v10'/><path d='M7 17 17 7'/>");
pub const AT_SIGN: IconShape =
    IconShape("<circle cx='12' cy='12' r='4'/><path d='M16 8v5a3 3 0 0 0 6 0v-1a10 10 0 1 0-4 8'/>");
pub const BOOKMARK: IconShape = IconShape(
    "<path d='M17 3a2 2 0 0 1 2 2v15a1 1 0 0 1-1.496.868l-4.512-2.578a2 2 0 0 0-1.984 0l-4.512 2.578A1 1 0 0 1 5 20V5a2 2 0 0 1 2-2z'/>",
);
pub const CALENDAR_CLOCK: IconShape = IconShape(
    "<path d='M16 14v2.2l1.6 1'/><path d='M16 2v3'/><path d='M21 7.338V5a2 2 0 00-2-2H5a2 2 0 00-2 2v14a2 2 0 002 2h2.338'/><path d='M3 9h5.859'/><path d='M8 2v3'/><circle cx='16' cy='16' r='6'/>",
);
pub const CALENDAR_DAYS: IconShape = IconShape(
    "<path d='M8 2v4'/><path d='M16 2v4'/><rect width='18' height='18' x='3' y='4' rx='2'/><path d='M3 10h18'/><path d='M8 14h.01'/><path d='M12 14h.01'/><path d='M16 14h.01'/><path d='M8 18h.01'/><path d='M12 18h.01'/><path d='M16 18h.01'/>",
);
pub const CHART_LINE: IconShape =
    IconShape("<path d='M3 3v16a2 2 0 0 0 2 2h16'/><path d='m19 9-5 5-4-4-3 3'/>");
pub const CHART_NO_AXES_COLUMN: IconShape =
    IconShape("<path d='M5 21v-6'/><path d='M12 21V3'/><path d='M19 21V9'/>");
pub const CHECK: IconShape = IconShape("<path d='M20 6 9 17l-5-5'/>");
pub const CHEVRON_DOWN: IconShape = IconShape("<path d='m6 9 6 6 6-6'/>");
pub const CHEVRON_LEFT: IconShape = IconShape("<path d='m15 18-6-6 6-6'/>");
pub const CHEVRON_RIGHT: IconShape = IconShape("<path d='m9 18 6-6-6-6'/>");
pub const CHEVRONS_UP_DOWN: IconShape = IconShape("<path d='m7 15 5 5 5-5'/><path d='m7 9 5-5 5 5'/>");
pub const COPY: IconShape = IconShape(
    "<rect width='14' height='14' x='8' y='8' rx='2' ry='2'/><path d='M4 16c-1.1 0-2-.9-2-2V4c0-1.1.9-2 2-2h10c1.1 0 2 .9 2 2'/>",
);
pub const CROP: IconShape =
    IconShape("<path d='M6 2v14a2 2 0 0 0 2 2h14'/><path d='M18 22V8a2 2 0 0 0-2-2H2'/>");
pub const DOWNLOAD: IconShape = IconShape(
    "<path d='M12 15V3'/><path d='M21 15v4a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2v-4'/><path d='m7 10 5 5 5-5'/>",
);
pub const ELLIPSIS: IconShape =
    IconShape("<circle cx='12' cy='12' r='1'/><circle cx='19' cy='12' r='1'/><circle cx='5' cy='12' r='1'/>");
pub const EXTERNAL_LINK: IconShape = IconShape(
    "<path d='M15 3h6v6'/><path d='M10 14 21 3'/><path d='M18 13v6a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V8a2 2 0 0 1 2-2h6'/>",
);
pub const EYE: IconShape = IconShape(
    "<path d='M2.062 12.348a1 1 0 0 1 0-.696 10.75 10.75 0 0 1 19.876 0 1 1 0 0 1 0 .696 10.75 10.75 0 0 1-19.876 0'/><circle cx='12' cy='12' r='3'/>",
);
pub const FLASK_CONICAL: IconShape = IconShape(
    "<path d='M14 2v6a2 2 0 0 0 .245.96l5.51 10.08A2 2 0 0 1 18 22H6a2 2 0 0 1-1.755-2.96l5.51-10.08A2 2 0 0 0 10 8V2'/><path d='M6.453 15h11.094'/><path d='M8.5 2h7'/>",
);
pub const FUNNEL: IconShape = IconShape(
    "<path d='M10 20a1 1 0 0 0 .553.895l2 1A1 1 0 0 0 14 21v-7a2 2 0 0 1 .517-1.341L21.74 4.67A1 1 0 0 0 21 3H3a1 1 0 0 0-.742 1.67l7.225 7.989A2 2 0 0 1 10 14z'/>",
);
pub const HEART: IconShape = IconShape(
    "<path d='M2 9.5a5.5 5.5 0 0 1 9.591-3.676.56.56 0 0 0 .818 0A5.49 5.49 0 0 1 22 9.5c0 2.29-1.5 4-3 5.5l-5.492 5.313a2 2 0 0 1-3 .019L5 15c-1.5-1.5-3-3.2-3-5.5'/>",
);
pub const HISTORY: IconShape = IconShape(
    "<path d='M3 12a9 9 0 1 0 9-9 9.75 9.75 0 0 0-6.74 2.74L3 8'/><path d='M3 3v5h5'/><path d='M12 7v5l4 2'/>",
);
pub const HOUSE: IconShape = IconShape(
    "<path d='M15 21v-8a1 1 0 0 0-1-1h-4a1 1 0 0 0-1 1v8'/><path d='M3 10a2 2 0 0 1 .709-1.528l7-6a2 2 0 0 1 2.582 0l7 6A2 2 0 0 1 21 10v9a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2z'/>",
);
pub const IMAGE_PLUS: IconShape = IconShape(
    "<path d='M16 5h6'/><path d='M19 2v6'/><path d='M21 11.5V19a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2h7.5'/><path d='m21 15-3.086-3.086a2 2 0 0 0-2.828 0L6 21'/><circle cx='9' cy='9' r='2'/>",
);
pub const INFO: IconShape =
    IconShape("<circle cx='12' cy='12' r='10'/><path d='M12 16v-4'/><path d='M12 8h.01'/>");
pub const KEY_ROUND: IconShape = IconShape(
    "<path d='M2.586 17.414A2 2 0 0 0 2 18.828V21a1 1 0 0 0 1 1h3a1 1 0 0 0 1-1v-1a1 1 0 0 1 1-1h1a1 1 0 0 0 1-1v-1a1 1 0 0 1 1-1h.172a2 2 0 0 0 1.414-.586l.814-.814a6.5 6.5 0 1 0-4-4z'/><circle cx='16.5' cy='7.5' r='.5' fill='currentColor'/>",
);
pub const KEYBOARD: IconShape = IconShape(
    "<path d='M10 8h.01'/><path d='M12 12h.01'/><path d='M14 8h.01'/><path d='M16 12h.01'/><path d='M18 8h.01'/><path d='M6 8h.01'/><path d='M7 16h10'/><path d='M8 12h.01'/><rect width='20' height='16' x='2' y='4' rx='2'/>",
);
pub const LANGUAGES: IconShape = IconShape(
    "<path d='m5 8 6 6'/><path d='m4 14 6-6 2-3'/><path d='M2 5h12'/><path d='M7 2h1'/><path d='m22 22-5-10-5 10'/><path d='M14 18h6'/>",
);
pub const LAYERS: IconShape = IconShape(
    "<path d='M12.83 2.18a2 2 0 0 0-1.66 0L2.6 6.08a1 1 0 0 0 0 1.83l8.58 3.91a2 2 0 0 0 1.66 0l8.58-3.9a1 1 0 0 0 0-1.83z'/><path d='M2 12a1 1 0 0 0 .58.91l8.6 3.91a2 2 0 0 0 1.65 0l8.58-3.9A1 1 0 0 0 22 12'/><path d='M2 17a1 1 0 0 0 .58.91l8.6 3.91a2 2 0 0 0 1.65 0l8.58-3.9A1 1 0 0 0 22 17'/>",
);
pub const LINK: IconShape = IconShape(
    "<path d='M10 13a5 5 0 0 0 7.54.54l3-3a5 5 0 0 0-7.07-7.07l-1.72 1.71'/><path d='M14 11a5 5 0 0 0-7.54-.54l-3 3a5 5 0 0 0 7.07 7.07l1.71-1.71'/>",
);
pub const LOG_IN: IconShape = IconShape(
    "<path d='m10 17 5-5-5-5'/><path d='M15 12H3'/><path d='M15 3h4a2 2 0 0 1 2 2v14a2 2 0 0 1-2 2h-4'/>",
);
pub const LOG_OUT: IconShape = IconShape(
    "<path d='m16 17 5-5-5-5'/><path d='M21 12H9'/><path d='M9 21H5a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2h4'/>",
);
pub const MENU: IconShape = IconShape("<path d='M4 5h16'/><path d='M4 12h16'/><path d='M4 19h16'/>");
pub const MESSAGE_CIRCLE: IconShape = IconShape(
    "<path d='M2.992 16.342a2 2 0 0 1 .094 1.167l-1.065 3.29a1 1 0 0 0 1.236 1.168l3.413-.998a2 2 0 0 1 1.099.092 10 10 0 1 0-4.777-4.719'/>",
);
pub const MONITOR: IconShape =
    IconShape("<rect width='20' height='14' x='2' y='3' rx='2'/><path d='M8 21h8'/><path d='M12 17v4'/>");
pub const MOON: IconShape = IconShape(
    "<path d='M20.985 12.486a9 9 0 1 1-9.473-9.472c.405-.022.617.46.402.803a6 6 0 0 0 8.268 8.268c.344-.215.825-.004.803.401'/>",
);
pub const PAUSE: IconShape = IconShape(
    "<rect x='14' y='3' width='5' height='18' rx='1'/><rect x='5' y='3' width='5' height='18' rx='1'/>",
);
pub const PENCIL: IconShape = IconShape(
    "<path d='M21.174 6.812a1 1 0 0 0-3.986-3.987L3.842 16.174a2 2 0 0 0-.5.83l-1.321 4.352a.5.5 0 0 0 .623.622l4.353-1.32a2 2 0 0 0 .83-.497z'/><path d='m15 5 4 4'/>",
);
pub const PLAY: IconShape = IconShape(
    "<path d='M5 5a2 2 0 0 1 3.008-1.728l11.997 6.998a2 2 0 0 1 .003 3.458l-12 7A2 2 0 0 1 5 19z'/>",
);
pub const PLUS: IconShape = IconShape("<path d='M5 12h14'/><path d='M12 5v14'/>");
pub const REFRESH_CW: IconShape = IconShape(
    "<path d='M3 12a9 9 0 0 1 9-9 9.75 9.75 0 0 1 6.74 2.74L21 8'/><path d='M21 3v5h-5'/><path d='M21 12a9 9 0 0 1-9 9 9.75 9.75 0 0 1-6.74-2.74L3 16'/><path d='M8 16H3v5'/>",
);
pub const REPEAT_2: IconShape = IconShape(
    "<path d='m2 9 3-3 3 3'/><path d='M13 18H7a2 2 0 0 1-2-2V6'/><path d='m22 15-3 3-3-3'/><path d='M11 6h6a2 2 0 0 1 2 2v10'/>",
);
pub const SEARCH: IconShape = IconShape("<path d='m21 21-4.34-4.34'/><circle cx='11' cy='11' r='8'/>");
pub const SEND_HORIZONTAL: IconShape = IconShape(
    "<path d='M3.714 3.048a.498.498 0 0 0-.683.627l2.843 7.627a2 2 0 0 1 0 1.396l-2.842 7.627a.498.498 0 0 0 .682.627l18-8.5a.5.5 0 0 0 0-.904z'/><path d='M6 12h16'/>",
);
pub const SETTINGS: IconShape = IconShape(
    "<path d='M9.671 4.136a2.34 2.34 0 0 1 4.659 0 2.34 2.34 0 0 0 3.319 1.915 2.34 2.34 0 0 1 2.33 4.033 2.34 2.34 0 0 0 0 3.831 2.34 2.34 0 0 1-2.33 4.033 2.34 2.34 0 0 0-3.319 1.915 2.34 2.34 0 0 1-4.659 0 2.34 2.34 0 0 0-3.32-1.915 2.34 2.34 0 0 1-2.33-4.033 2.34 2.34 0 0 0 0-3.831A2.34 2.34 0 0 1 6.35 6.051a2.34 2.34 0 0 0 3.319-1.915'/><circle cx='12' cy='12' r='3'/>",
);
pub const SMILE: IconShape = IconShape(
    "<path d='M15 10V9'/><path d='M16.472 15a6 6 0 01-8.943 0'/><path d='M9 10V9'/><circle cx='12' cy='12' r='10'/>",
);
pub const SUN: IconShape = IconShape(
    "<circle cx='12' cy='12' r='4'/><path d='M12 2v2'/><path d='M12 20v2'/><path d='m4.93 4.93 1.41 1.41'/><path d='m17.66 17.66 1.41 1.41'/><path d='M2 12h2'/><path d='M20 12h2'/><path d='m6.34 17.66-1.41 1.41'/><path d='m19.07 4.93-1.41 1.41'/>",
);
pub const TRASH_2: IconShape = IconShape(
    "<path d='M10 11v6'/><path d='M14 11v6'/><path d='M19 6v14a2 2 0 0 1-2 2H7a2 2 0 0 1-2-2V6'/><path d='M3 6h18'/><path d='M8 6V4a2 2 0 0 1 2-2h4a2 2 0 0 1 2 2v2'/>",
);
pub const TRIANGLE_ALERT: IconShape = IconShape(
    "<path d='m21.73 18-8-14a2 2 0 0 0-3.48 0l-8 14A2 2 0 0 0 4 21h16a2 2 0 0 0 1.73-3'/><path d='M12 9v4'/><path d='M12 17h.01'/>",
);
pub const UNDO_2: IconShape = IconShape(
    "<path d='M9 14 4 9l5-5'/><path d='M4 9h10.5a5.5 5.5 0 0 1 5.5 5.5a5.5 5.5 0 0 1-5.5 5.5H11'/>",
);
pub const UNPLUG: IconShape = IconShape(
    "<path d='m19 5 3-3'/><path d='m2 22 3-3'/><path d='M6.3 20.3a2.4 2.4 0 0 0 3.4 0L12 18l-6-6-2.3 2.3a2.4 2.4 0 0 0 0 3.4Z'/><path d='m7.5 13.5 2.5-2.5'/><path d='m10.5 16.5 2.5-2.5'/><path d='m12 6 6 6 2.3-2.3a2.4 2.4 0 0 0 0-3.4l-2.6-2.6a2.4 2.4 0 0 0-3.4 0Z'/>",
);
pub const UPLOAD: IconShape = IconShape(
    "<path d='M12 3v12'/><path d='m17 8-5-5-5 5'/><path d='M21 15v4a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2v-4'/>",
);
pub const USER_ROUND: IconShape =
    IconShape("<circle cx='12' cy='8' r='5'/><path d='M20 21a8 8 0 0 0-16 0'/>");
pub const USERS_ROUND: IconShape = IconShape(
    "<path d='M18 21a8 8 0 0 0-16 0'/><circle cx='10' cy='8' r='5'/><path d='M22 20c0-3.37-2-6.5-4-8a5 5 0 0 0-.45-8.3'/>",
);
pub const X: IconShape = IconShape("<path d='M18 6 6 18'/><path d='m6 6 12 12'/>");
