package davy.controller.event;

import java.util.Arrays;
import java.util.Optional;

/** Every kind of record. The id is stable for ever; texts may improve. */
public enum EventCode {
  JOURNAL_OPENED("journal.opened", Severity.INFO, "日志开启", "journal opened"),
  JOURNAL_SEGMENT("journal.segment", Severity.INFO, "日志换段", "journal segment begun"),
  JOURNAL_REPAIRED("journal.repaired", Severity.WARNING, "日志残尾已修复", "torn tail cut"),
  JOURNAL_LOST("journal.lost", Severity.WARNING, "日志记录丢失", "records lost"),
  JOURNAL_KEY("journal.key", Severity.INFO, "日志签名密钥", "key that signs the journal"),
  JOURNAL_CHECKPOINT("journal.checkpoint", Severity.DATA, "日志签名", "journal signed"),
  JOURNAL_EXPIRED("journal.expired", Severity.INFO, "旧日志按规定删除", "old segment leaves"),
  JOURNAL_UNSIGNED("journal.unsigned", Severity.WARNING, "日志未签名", "journal not signed"),
  PROCESS_STARTED("process.started", Severity.INFO, "程序启动", "interlock started"),
  PROCESS_STOPPED("process.stopped", Severity.INFO, "程序停止", "interlock stopped"),
  PROCESS_FAILED("process.failed", Severity.TRIP, "程序故障停机", "interlock failed"),
  SITE("site", Severity.INFO, "站点定义", "site definition"),
  INPUTS_BEGIN("inputs.begin", Severity.DATA, "输入记录开始", "recording of inputs begins"),
  INPUTS("inputs", Severity.DATA, "联锁输入", "inputs of the interlock"),
  SAMPLE("sample", Severity.DATA, "采样", "sample"),
  CAUSE_CAME("cause.came", Severity.WARNING, "闭锁原因出现", "cause came"),
  CAUSE_WENT("cause.went", Severity.INFO, "闭锁原因消失", "cause went"),
  ZONE_WITHHELD("zone.withheld", Severity.TRIP, "断电", "power withheld"),
  ZONE_GRANTED("zone.granted", Severity.INFO, "闭锁解除", "power granted"),
  TRIP_WRITTEN("trip.written", Severity.TRIP, "断电命令已发出", "trip written to the relay"),
  TRIP_PROVEN("trip.proven", Severity.TRIP, "馈电已断", "feed read dead"),
  POINT_LOST("point.lost", Severity.WARNING, "测点失效", "point lost"),
  POINT_TRUSTED("point.trusted", Severity.INFO, "测点恢复", "point trusted"),
  REQUEST("request", Severity.INFO, "请求", "request"),
  REQUEST_CONSENTED("request.consented", Severity.WARNING, "请求经钥匙确认", "request consented"),
  PROOF_TESTED("proof.tested", Severity.WARNING, "断电试验结束", "proof test ended"),
  GAS_TESTED("gas.tested", Severity.WARNING, "甲烷超限断电试验结束", "test with gas ended"),
  FEED_LOST("feed.lost", Severity.WARNING, "馈电丢失", "feed lost while granted"),
  FEED_UNKNOWN("feed.unknown", Severity.WARNING, "馈电状态不明", "feed can't be told"),
  CLOSED_ITSELF("feed.closed-itself", Severity.WARNING, "开关自行合闸", "breaker closed itself"),
  FAN_STOP_BEGAN("fan.stop-began", Severity.TRIP, "停风命令", "fan commanded to stop"),
  FAN_STOP_ENDED("fan.stop-ended", Severity.WARNING, "停风命令解除", "fan stop command ended"),
  FAN_LOCKED("fan.locked", Severity.TRIP, "风机启动闭锁", "fan start locked"),
  FAN_UNLOCKED("fan.unlocked", Severity.WARNING, "风机启动解锁", "fan start unlocked"),
  BYPASS_BEGAN("bypass.began", Severity.WARNING, "旁路开始", "exemption began"),
  BYPASS_ENDED("bypass.ended", Severity.WARNING, "旁路结束", "exemption ended"),
  CONFIG_ACCEPTED("config.accepted", Severity.WARNING, "配置已确认", "configuration accepted"),
  ALARM_CHANGED("alarm.changed", Severity.WARNING, "报警状态变化", "alarm changed"),
  ALARM_GRADE("alarm.grade", Severity.WARNING, "报警升级", "alarm graver"),
  ALARM_CLOSED("alarm.closed", Severity.WARNING, "报警关闭", "alarm closed"),
  ALARM_CORRECTED("alarm.corrected", Severity.WARNING, "报警记录更正", "alarm corrected"),
  ALARM_FIRST("alarm.first", Severity.INFO, "首出报警", "first alarm of a zone"),
  ALARM_TOLD("alarm.told", Severity.INFO, "声光输出", "lamp and sounder"),
  ALARM_ANSWERED("alarm.answered", Severity.INFO, "报警请求", "request about an alarm"),
  MARK_CAME("mark.came", Severity.WARNING, "数据存疑", "reading doubted"),
  MARK_WENT("mark.went", Severity.INFO, "存疑解除", "doubt gone"),
  STATISTICS("statistics", Severity.DATA, "统计", "statistics"),
  KEY_STUCK("key.stuck", Severity.WARNING, "确认钥匙卡滞", "consent key stuck"),
  LINE_LOST("line.lost", Severity.WARNING, "总线端口断开", "serial port lost"),
  LINE_OPEN("line.open", Severity.INFO, "总线端口打开", "serial port open"),
  SLAVE_LOST("slave.lost", Severity.WARNING, "从站无应答", "slave silent"),
  SLAVE_BACK("slave.back", Severity.INFO, "从站恢复", "slave answers again"),
  GUARD_ARMED("guard.armed", Severity.INFO, "看门狗投入", "guard armed"),
  GUARD_DROPPED("guard.dropped", Severity.WARNING, "看门狗断开", "guard dropped"),
  GUARD_SILENT("guard.lost", Severity.WARNING, "看门狗失联", "guard lost"),
  SCAN_LATE("scan.late", Severity.WARNING, "扫描超时", "scan late"),
  MEASURES("measures", Severity.DATA, "运行指标", "measured times");

  private final String id;
  private final Severity severity;
  private final String chinese;
  private final String english;

  EventCode(String id, Severity severity, String chinese, String english) {
    this.id = id;
    this.severity = severity;
    this.chinese = chinese;
    this.english = english;
  }

  /** The code of an id; empty for one of a newer version. */
  public static Optional<EventCode> of(String id) {
    return Arrays.stream(values()).filter(code -> code.id.equals(id)).findFirst();
  }

  public String id() {
    return id;
  }

  public Severity severity() {
    return severity;
  }

  public String chinese() {
    return chinese;
  }

  public String english() {
    return english;
  }
}
