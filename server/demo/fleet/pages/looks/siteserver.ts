import { type Entry, fullDate, type LookTemplate, monthDay } from './look.ts'

/** In the manner of SiteServer CMS: numbered channels, the date in brackets after the title. */
export const siteserver: LookTemplate = {
  server: 'Microsoft-IIS/7.5',
  listPaths: {
    news: '/channels/12.html',
    notice: '/channels/15.html',
    policy: '/channels/21.html',
    personnel: '/channels/33.html',
    plan: '/channels/34.html',
  },
  articlePath: ({ id, column }) =>
    siteserver.listPaths[column].replace('channels', 'contents').replace('.html', `/${id}.html`),
  articleId: /\/contents\/\d+\/(\d+)\.html/,
  formatDate: (date, isShort) => `(${isShort ? monthDay(date) : fullDate(date)})`,
  box: ({ name, href, entries, isScript, column }) => `
<div class="panel"><div class="panel-hd"><em>${name}</em><a class="r" href="${href}">MORE</a></div>
<div class="panel-bd"><ul class="news" id="channel-${column}">${isScript ? '' : items(entries)}</ul></div></div>`,
  list: (name, entries) => `
<div class="crumb"><a href="/">网站首页</a>&nbsp;»&nbsp;<span>${name}</span></div>
<div class="panel"><ul class="news long">${items(entries)}</ul><div class="pager">共 1 页　首页　上一页　下一页　尾页</div></div>`,
  article: (title, published, source, paragraphs) => `
<div class="detail"><h2 class="title">${title}</h2>
<p class="attr">来源：${source}　时间：${published}　【<a href="javascript:window.print();">打印</a>】</p>
<div class="text">${paragraphs.map((text) => `<p style="text-indent:2em">${text}</p>`).join('\n')}</div></div>`,
  document: (frame, body) => `<!DOCTYPE html>
<html lang="zh-CN">
<head>
${frame.charset ? `<meta charset="${frame.charset}">` : ''}
<meta http-equiv="X-UA-Compatible" content="IE=edge">
<title>${frame.title}</title>
<meta name="keywords" content="${frame.unit},政务公开,办事服务">
<style>${frame.style}</style>
</head>
<body>
<div id="header"><h1 class="logo">${frame.siteName}</h1>${frame.clock}</div>
${frame.nav}
<div id="content">${body}</div>
${frame.footer}
</body>
</html>`,
}

function items(entries: readonly Entry[]): string {
  return entries
    .map(({ title, href, date }) => {
      const span = date ? ` <span class="date">${date}</span>` : ''
      return `\n<li><a href="${href}" target="_blank">${title}</a>${span}</li>`
    })
    .join('')
}
