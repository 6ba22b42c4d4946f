import { words } from './words.ts'

export const palette = words(
  {
    palette: {
      title: '快速查找与操作',
      open: '查找',
      placeholder: '网站名称或标识码、告警、页面、操作',
      none: '没有找到',
      section: { commands: '操作', views: '视图', pages: '页面', alerts: '告警', sites: '网站' },
    },
  },
  {
    palette: {
      title: 'Find or do',
      open: 'Find',
      placeholder: 'Site by name or code, alert, page, command',
      none: 'Nothing found',
      section: { commands: 'Commands', views: 'Views', pages: 'Pages', alerts: 'Alerts', sites: 'Sites' },
    },
  },
)
