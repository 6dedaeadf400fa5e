// What the page says, in both languages: [中文, English]. A word it does not know it shows as it is.

const WORDS = {
  // connection
  noStation: ["本页面与监控分站失去联系 {s} 秒,以下均非当前状态",
    "This page has lost the station for {s} s: nothing below is the present state"],
  noInterlock: ["与闭锁程序无连接 {s} 秒,以下均非当前状态",
    "No connection to the interlock for {s} s: nothing below is the present state"],
  scanStands: ["闭锁扫描停止 {s} 秒", "The interlock's scan has stood still for {s} s"],
  noData: ["尚无数据", "No data yet"],
  bench: ["试验台 BENCH", "BENCH"],
  demo: ["演示 DEMO", "DEMO"],
  unreviewed: ["参数未复核", "profile not reviewed"],

  // zones
  cut: ["断电", "POWER OFF"],
  cutUnproven: ["已断电 · 馈电未知", "CUT · FEED UNKNOWN"],
  cutUnfitted: ["已断电 · 无馈电检测", "CUT · NO FEED CONTACT"],
  welded: ["已断电 · 馈电仍有电!", "CUT, BUT FEED IS LIVE!"],
  on: ["供电", "POWER ON"],
  released: ["允许供电 · 未合闸", "RELEASED · BREAKER OPEN"],
  releasedUnknown: ["允许供电 · 馈电未知", "RELEASED · FEED UNKNOWN"],
  releasedUnfitted: ["允许供电", "POWER RELEASED"],
  unknown: ["状态不明", "UNKNOWN"],
  last: ["上次", "last"],
  first: ["首因", "first"],
  also: ["另有", "also"],
  seen: ["曾现", "seen"],
  wants: ["复电尚缺", "still wanting"],
  output: ["断电输出", "output"],
  feed: ["馈电", "feed"],
  trip: ["断电", "Trip"],
  reset: ["复位", "Reset"],

  // causes
  METHANE_HIGH: ["甲烷超限", "methane high"],
  OVER_RANGE: ["超量程", "over range"],
  SENSOR_FAULT: ["传感器故障", "sensor fault"],
  SENSOR_STALE: ["传感器失联", "sensor silent"],
  STARTUP: ["上电闭锁", "start-up"],
  PANEL_TRIP: ["面板断电", "tripped at the panel"],
  LATCHES_LOST: ["闭锁记录丢失", "saved latches lost"],

  // what is wanting
  CAUSES_GONE: ["原因消除", "causes gone"],
  START_HOLD: ["上电延时", "start-up hold"],
  OUTPUT_OFF: ["输出读回断开", "output read back off"],
  FEED_DEAD: ["馈电确认无电", "feed read dead"],
  STABLE_TIME: ["稳定时间", "stable time"],
  RESET: ["持证人复位", "reset by a named person"],
  CONSENT_KEY: ["转动确认钥匙", "TURN THE CONSENT KEY"],
  RECORD: ["记录落盘", "record on disk"],

  // states
  OFF: ["断开", "off"],
  ON: ["接通", "on"],
  LIVE: ["有电", "live"],
  DEAD: ["无电", "dead"],
  UNKNOWN: ["未知", "unknown"],
  NOT_FITTED: ["未装", "not fitted"],
  good: ["正常", "normal"],
  alarm: ["▲ 报警", "▲ ALARM"],
  tripping: ["■ 断电", "■ TRIP"],
  notTrusted: ["待恢复", "not yet trusted"],
  stale: ["? 失联", "? SILENT"],
  never: ["? 无数据", "? NO DATA"],
  overRange: ["■ 超量程", "■ OVER RANGE"],
  faulty: ["× 故障", "× FAULT"],
  CLOSED: ["闭合", "closed"],
  OPEN: ["断开", "open"],
  WARM_UP: ["预热", "warm-up"],
  TEST_MODE: ["未报标校", "unannounced test mode"],
  BROKEN_LINE: ["断线", "broken line"],
  DEVICE_FAULT: ["设备故障", "device fault"],
  NEGATIVE_DRIFT: ["负漂", "negative drift"],
  WRONG_IDENTITY: ["型号不符", "wrong identity"],
  FROZEN: ["数据冻结", "frozen"],
  DUPLICATE_ADDRESS: ["地址重复", "duplicate address"],
  UNREADABLE: ["无法解析", "unreadable"],

  // table
  point: ["测点", "point"],
  value: ["数值", "value"],
  state: ["状态", "state"],
  age: ["数据龄", "age"],
  limits: ["报警 / 断电 / 复电<", "alarm / trip / restore<"],

  // below
  trips: ["最近断电", "Latest trips"],
  answers: ["最近请求", "Latest answers"],
  health: ["系统", "System"],
  noTrips: ["无", "none"],
  ago: ["{s} 前", "{s} ago"],
  command: ["命令", "command"],
  written: ["发出", "written"],
  dead: ["断电确认", "feed dead"],
  allWell: ["正常", "no trouble"],
  portTrouble: ["端口故障", "port trouble"],
  silent: ["无应答", "silent"],
  journalBad: ["日志故障", "journal trouble"],
  journalSlow: ["日志写盘缓慢次数", "slow journal writes"],
  journalLost: ["日志丢失记录", "journal records lost"],
  overruns: ["扫描超时次数", "late scans"],
  keyPressed: ["确认钥匙已转动", "consent key is turned"],
  noKey: ["未装确认钥匙,无法复位", "no consent key: no reset is possible"],

  // asking
  tripTitle: ["断电:{z}?", "Trip {z}?"],
  tripText: ["立即切断该范围电源。", "Power to this zone is cut at once."],
  resetTitle: ["复位:{z}", "Reset {z}"],
  resetText: ["核对后转动确认钥匙方可生效。", "Takes effect only when the consent key is turned."],
  person: ["姓名", "Name"],
  pin: ["口令", "PIN"],
  portable: ["便携仪读数 %CH4(超量程时)", "Portable %CH4 (after over-range)"],
  yesTrip: ["确认断电", "Cut power"],
  yesReset: ["请求复位", "Ask for reset"],
  no: ["取消", "Cancel"],
  close: ["关闭", "Close"],
  sending: ["发送中…", "sending…"],
  notSent: ["未能送达分站", "the station could not be reached"],
  TRIPPED: ["已断电", "power withheld"],
  WAITING_FOR_KEY: ["请在限时内转动确认钥匙", "turn the consent key now"],
  REFUSED_NO_KEY: ["本站未装确认钥匙,不能复位", ""],
  REFUSED_OPEN: ["该范围未闭锁", ""],
  REFUSED_CAUSE_ACTIVE: ["闭锁原因仍存在", ""],
  REFUSED_NOT_STABLE: ["超量程后读数稳定时间不足", ""],
  REFUSED_PORTABLE: ["请输入低于复电值的便携仪读数", ""],
  REFUSED_BUSY: ["该范围另有复位在等待", ""],
  REFUSED_OPENS_BY_ITSELF: ["稳定时间后自动解锁", ""],
  EXPIRED: ["未在限时内转动钥匙", ""],
  STALE_NONCE: ["请求过期,请重试", ""],
  NO_PERSONS: ["人员名单不可用", ""],
  WRONG_PERSON_OR_PIN: ["姓名或口令错误", ""],
  LOCKED_OUT: ["口令错误次数过多,锁定 5 分钟", ""],
  NOT_ALLOWED: ["此人无此权限", ""],
  BUSY: ["另一请求处理中,请重试", ""],
  NO_ANSWER: ["扫描尚未答复", ""],
  NO_CONNECTION: ["与闭锁程序无连接", ""],
  UNKNOWN_ZONE: ["本站无此范围", ""],
};

let column = 0;

/** "zh" or "en". */
export function speak(language) {
  column = language === "en" ? 1 : 0;
  document.documentElement.lang = column ? "en" : "zh-CN";
}

export function language() {
  return column ? "en" : "zh";
}

/** The word in the page's language; `fills` replace {names} in it. */
export function word(key, fills = {}) {
  const known = Object.hasOwn(WORDS, key) ? WORDS[key][column] : "";
  return (known || key).replace(/\{(\w)\}/g, (_, name) => fills[name] ?? "");
}

/** The word, or the text that came with it where this language has none. */
export function wordOr(key, text) {
  return Object.hasOwn(WORDS, key) && WORDS[key][column] ? WORDS[key][column] : text || key;
}
