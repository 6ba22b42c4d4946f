import { words } from './words.ts'

export const districts = words(
  {
    districts: {
      title: '各区域情况',
      district: '区域',
      total: '网站',
      open: '未确认告警',
      overdue: '逾期整改',
      order: { administrative: '行政区序', worst: '问题最多在前' },
      tiles: '全部网站',
      allSites: '网站列表',
      alerts: '告警',
      rectifications: '整改',
      unknown: '没有这个区域，或不在您的管理范围内',
    },
  },
  {
    districts: {
      title: 'Districts',
      district: 'District',
      total: 'Sites',
      open: 'Open alerts',
      overdue: 'Overdue rectifications',
      order: { administrative: 'Administrative order', worst: 'Worst first' },
      tiles: 'All sites',
      allSites: 'List of sites',
      alerts: 'Alerts',
      rectifications: 'Rectifications',
      unknown: 'No such district, or it is outside your scope',
    },
  },
)
