import type { Action } from '../../shared/users.ts'
import { words } from './words.ts'

/** A word for each action: an action without one does not compile. */
type Noun = Action extends `${infer N}.${string}` ? N : never
type VerbOf<N extends string> =
  Extract<Action, `${N}.${string}`> extends infer A ? (A extends `${N}.${infer V}` ? V : never) : never
type OfActions = { [N in Noun]: { [V in VerbOf<N>]: string } }
type OfNouns = Record<Noun, string>

const mayZh: OfActions = {
  alert: {
    acknowledge: '确认告警、收回确认',
    assign: '交办告警',
    silence: '静默告警',
    comment: '备注告警',
    resolve: '人工解除告警',
    falseAlarm: '认定误报',
    severity: '调整告警级别',
    merge: '合并、拆分告警',
  },
  view: { share: '共享视图给全组' },
  rectification: {
    raise: '发起整改',
    assign: '交办整改',
    accept: '受理整改',
    submit: '报告整改完成',
    return: '退回整改',
    extend: '延长整改期限',
    confirm: '人工核实整改',
    pause: '暂停整改计时',
    resume: '恢复整改计时',
    attach: '上传整改材料',
    override: '人工办结整改',
  },
  site: { visit: '立即复测、检查链接', pause: '报备停测', judge: '人工认定更新情况' },
  column: { classify: '确认栏目类别' },
  wall: { link: '管理大屏链接' },
  audit: { read: '查看和导出操作记录' },
  metrics: { read: '读取运行指标' },
  channel: { manage: '管理通知渠道' },
  subscription: { district: '设定全区的通知订阅' },
  duty: { manage: '排班、换班' },
  escalation: { manage: '管理升级策略' },
  user: { manage: '管理账号' },
  fleet: { control: '操作演示故障' },
}
const mayEn: OfActions = {
  alert: {
    acknowledge: 'Acknowledge alerts, take it back',
    assign: 'Assign alerts',
    silence: 'Silence alerts',
    comment: 'Comment on alerts',
    resolve: 'Resolve alerts by hand',
    falseAlarm: 'Call an alert a false alarm',
    severity: 'Change the severity of alerts',
    merge: 'Merge and split alerts',
  },
  view: { share: 'Share views with everybody' },
  rectification: {
    raise: 'Raise fixes',
    assign: 'Assign fixes',
    accept: 'Accept fixes',
    submit: 'Submit fixes as done',
    return: 'Return fixes',
    extend: 'Extend the time of fixes',
    confirm: 'Confirm fixes by hand',
    pause: 'Pause the clock of fixes',
    resume: 'Resume the clock of fixes',
    attach: 'Attach files to fixes',
    override: 'Close fixes by hand',
  },
  site: {
    visit: 'Have sites visited and their links scanned now',
    pause: 'File downtime of sites',
    judge: 'Say by hand how fresh a site is',
  },
  column: { classify: 'Say what columns are for' },
  wall: { link: 'Manage wall links' },
  audit: { read: 'Read and export the audit' },
  metrics: { read: 'Read the metrics' },
  channel: { manage: 'Manage notification channels' },
  subscription: { district: 'Set the subscriptions of a whole district' },
  duty: { manage: 'Manage the duty roster' },
  escalation: { manage: 'Manage escalation policies' },
  user: { manage: 'Manage accounts' },
  fleet: { control: 'Control the demo faults' },
}
const nounZh: OfNouns = {
  alert: '告警',
  view: '视图',
  rectification: '整改',
  site: '网站',
  column: '栏目',
  wall: '大屏',
  audit: '操作记录',
  metrics: '运行指标',
  channel: '通知渠道',
  subscription: '通知订阅',
  duty: '值班',
  escalation: '升级',
  user: '账号',
  fleet: '演示',
}
const nounEn: OfNouns = {
  alert: 'Alerts',
  view: 'Views',
  rectification: 'Fixes',
  site: 'Sites',
  column: 'Columns',
  wall: 'Wall',
  audit: 'Audit',
  metrics: 'Metrics',
  channel: 'Channels',
  subscription: 'Subscriptions',
  duty: 'Duty',
  escalation: 'Escalation',
  user: 'Accounts',
  fleet: 'Demo',
}

export const rights = words(
  {
    rights: {
      hint: '每个角色能做什么，与系统实际判定用的是同一张表。所有操作都只在本人的管理范围（全市、本区或本单位）之内有效；人人都可以查看本范围内的网站、告警和整改。',
      action: '操作',
      own: '（您）',
      cityWide: '仅限全市范围',
      yes: '可以',
      no: '不可',
      noun: nounZh,
      may: mayZh,
    },
  },
  {
    rights: {
      hint: 'What each role may do, from the very table that the system decides by. Each holds within the own scope only (the city, a district or a unit); everybody may look at the sites, alerts and fixes of the own scope.',
      action: 'Action',
      own: '(you)',
      cityWide: 'city-wide scope only',
      yes: 'yes',
      no: 'no',
      noun: nounEn,
      may: mayEn,
    },
  },
)
