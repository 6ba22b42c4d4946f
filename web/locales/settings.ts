import { words } from './words.ts'

export const settings = words(
  {
    settings: {
      title: '系统设置',
      hint: '属于整个系统、而不属于某个人或某块屏幕的设置。保存后立即生效，其他进程在 15 秒内跟上；每次更改都有操作记录。',
      place: '地区',
      placeIs: '本系统用于',
      placeNone: '尚未载入名录；载入后由名录得出。',
      placeBy: '由名录得出，也可在导入时指定；大屏、各页和导出的标题都用这个名称。',
      name: '显示名称',
      nameEn: '英文显示名称',
      nameHint: '留空则用区划的名称。',
      zone: '时区',
      zoneNow: '现在 {time}（UTC{offset}）',
      zoneHint: '日期、期限、值班、免打扰时段、每日统计和导出都按这个时区，与服务器和浏览器所在的时区无关。',
      zonePast:
        '更改时区不改写过去：已按原时区汇总的每日数据、已定的到期日和已排的班次不重算；更改当天的每日数据跨两个时区，可能偏多或偏少。告警升级的时间按新时区重新计算。',
      calendar: '工作日历',
      calendars: { china: '中国（国务院公布的节假日和调休）', weekdays: '周一至周五，无节假日' },
      calendarHint:
        '整改期限和告警升级按工作日计算；更换后未办结整改的期限立即重算。在“工作日历”中载入的年份优先。',
      calendarPage: '查看工作日历',
      languages: '语言',
      language: { zh: '中文', en: '英文（English）' },
      languagesHint: '界面、提示和通知所提供的语言；只提供一种时不显示切换。',
      defaultLanguage: '默认语言',
      defaultHint: '没有自己选过语言的浏览器，以及发给单位联系人的通知，用这种语言。',
      edition: '判定规则',
      editions: {
        'cn-2015': '2015 年全国政府网站普查评分表',
        'cn-2019': '2019 年政府网站与政务新媒体检查指标',
      },
      editionSays:
        '{days} 天内 {percent}% 及以上打不开为“站点无法访问”，首页 {update} 天无更新为“网站不更新”。',
      editionHint: '只影响今后的判定；过去的判定和已发出的告警不变。',
      save: '保存',
      reset: '放弃更改',
      saved: '系统设置已保存',
    },
  },
  {
    settings: {
      title: 'Settings',
      hint: 'What belongs to the whole installation and not to a person or a screen. Saved settings hold at once, in other processes within 15 seconds; each change is in the audit.',
      place: 'Place',
      placeIs: 'This installation is for',
      placeNone: 'No register is loaded yet; the place follows from it.',
      placeBy:
        'It follows from the register, or is said when a register is loaded; the wall, all pages and exports are titled by it.',
      name: 'Name on screens',
      nameEn: 'English name on screens',
      nameHint: 'Empty: as the division is called.',
      zone: 'Time zone',
      zoneNow: 'now {time} (UTC{offset})',
      zoneHint:
        'Days, due days, duty, quiet hours, daily sums and exports go by it, wherever server and browser stand.',
      zonePast:
        'Another time zone does not change the past: daily sums by the former one, due days that were set and turns of duty that were planned stay; the sums of the day of the change are of both, and may be too large or too small. When alerts are carried upwards is reckoned anew.',
      calendar: 'Working days',
      calendars: {
        china: 'China (holidays and make-up days as the State Council announces them)',
        weekdays: 'Monday to Friday, no holidays',
      },
      calendarHint:
        'Due days and escalation count working days; the terms of open rectifications are reckoned anew at once. Years that were loaded on the page Working days go first.',
      calendarPage: 'See the working days',
      languages: 'Languages',
      language: { zh: 'Chinese (中文)', en: 'English' },
      languagesHint:
        'Of screens, sentences and notices; where only one is offered there is nothing to switch.',
      defaultLanguage: 'Default language',
      defaultHint: 'For browsers in which nobody has chosen one, and for notices to the contacts of units.',
      edition: 'Rules',
      editions: {
        'cn-2015': '2015 scoring table of the national census',
        'cn-2019': '2019 indicators for government websites and new media',
      },
      editionSays:
        '{percent}% or more of the visits of {days} days failed: cannot be reached; nothing new on the home page for {update} days: not updated.',
      editionHint:
        'It counts from now on; verdicts of the past and alerts that were raised stay as they are.',
      save: 'Save',
      reset: 'Discard changes',
      saved: 'The settings are saved',
    },
  },
)
