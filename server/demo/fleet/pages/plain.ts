import { activityList } from './activities.ts'
import { extras } from './attachments.ts'
import { GUIDES, PLAIN_PAGES } from './chrome.ts'
import { guideText } from './guides.ts'
import { leftOverTitle } from './left-over.ts'
import { documentOf, type Scene } from './pages.ts'
import { reportLinks, reportText } from './reports.ts'

/** A page of the menu: text without dates. Null for a name that is not in the menu. */
export function plainPage(scene: Scene, slug: string): string | null {
  const name = plainName(slug)
  if (!name) return null
  const own = ownText(scene, slug)
  if (own !== null) return documentOf(scene, name, own)
  const text = `<h2>${name}</h2><p>${scene.site.unit}${name}。请在办公时间前往服务窗口，或拨打咨询电话。</p>${extras(slug, scene.behaviour.publisher.salt)}${listed(scene, slug)}`
  const leftOver = leftOverTitle(scene.site.platform, scene.behaviour.publisher.salt, slug)
  return documentOf(scene, name, text, leftOver)
}

/** Of a guide: its elements. Of the report of a year: its figures. */
function ownText(scene: Scene, slug: string): string | null {
  const guide = /^guide-(\d+)$/.exec(slug)?.[1]
  if (guide) return guideText(scene, GUIDES.split(',')[Number(guide) - 1] ?? '综合服务')
  const year = /^report-(\d{4})$/.exec(slug)?.[1]
  return year ? reportText(scene, year) : null
}

function listed(scene: Scene, slug: string): string {
  if (slug === 'surveys' || slug === 'interviews') return activityList(scene, slug) ?? ''
  return slug === 'index' ? reportLinks(scene) : ''
}

function plainName(slug: string): string | undefined {
  if (/^guide-\d+$/.test(slug)) return '办事指南'
  if (/^survey-\d+$/.test(slug)) return '民意征集'
  if (/^interview-\d+$/.test(slug)) return '在线访谈'
  if (/^report-20\d{2}$/.test(slug)) return '政府网站工作年度报表'
  return /^subject-\d+$/.test(slug) ? '专题' : PLAIN_PAGES[slug]
}
