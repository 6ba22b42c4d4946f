import { words } from './words.ts'

export const overview = words(
  {
    overview: {
      title: '总览',
      total: '网站总数',
      strip: '近 24 小时异常网站数',
      stripLabel: '近 24 小时各时刻异常网站数，按状态堆叠；现在 {n} 个异常',
      openAlerts: '未确认告警',
      progress: '整改进度',
      closed: '近 90 天办结',
      overdue: '逾期',
      returned: '退回',
      verifying: '核验中',
      open: '未办结',
      noRectifications: '没有未办结的整改',
    },
  },
  {
    overview: {
      title: 'Overview',
      total: 'Sites',
      strip: 'Sites that were not well, last 24 hours',
      stripLabel: 'Sites that were not well over the last 24 hours, stacked by state; {n} now',
      openAlerts: 'Open alerts',
      progress: 'Rectifications',
      closed: 'closed in 90 days',
      overdue: 'Overdue',
      returned: 'Returned',
      verifying: 'Verifying',
      open: 'Open',
      noRectifications: 'No open rectifications',
    },
  },
)
