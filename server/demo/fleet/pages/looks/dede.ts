import { contentType, type Entry, fullDate, type LookTemplate, monthDay, two } from './look.ts'

/** In the manner of the small PHP systems that many streets and towns used: definition lists, dates with dots. */
export const dede: LookTemplate = {
  server: 'Apache/2.2.15 (CentOS)',
  listPaths: {
    news: '/html/dongtai/',
    notice: '/html/gonggao/',
    policy: '/html/wenjian/',
    personnel: '/html/renshi/',
    plan: '/html/guihua/',
  },
  articlePath: ({ id, column }, date) =>
    `${dede.listPaths[column]}${date.year}/${two(date.month)}${two(date.day)}/${id}.html`,
  articleId: /\/html\/\w+\/\d{4}\/\d{4}\/(\d+)\.html/,
  formatDate: (date, isShort) => (isShort ? monthDay(date) : fullDate(date, '.')),
  box: ({ name, href, entries, isScript, column }) => `
<dl class="tbox" id="box-${column}"><dt><strong><a href="${href}">${name}</a></strong><span class="more"><a href="${href}">更多...</a></span></dt>
<dd><ul class="d1 ico3">${isScript ? '' : items(entries)}</ul></dd></dl>`,
  list: (name, entries) => `
<div class="place"><strong>当前位置:</strong> <a href="/">主页</a> &gt; <a href="#">${name}</a> &gt;</div>
<div class="listbox"><ul class="e2">${items(entries)}</ul></div>`,
  article: (title, published, source, paragraphs) => `
<div class="viewbox"><div class="title"><h2>${title}</h2></div>
<div class="info"><small>时间:</small>${published}<small>来源:</small>${source} <small>点击:</small>次</div>
<div class="content">${paragraphs.map((text) => `<p>　　${text}</p>`).join('\n')}</div></div>`,
  document: (
    frame,
    body,
  ) => `<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml" lang="zh-CN">
<head>
${contentType(frame.charset)}
<title>${frame.title}</title>
<meta name="description" content="${frame.unit}" />
<style type="text/css">${frame.style}</style>
</head>
<body class="index">
<div class="header_top"><div class="w960 center"><span id="time" class="time">${frame.clock}</span></div></div>
<div class="header"><div class="title"><h1><a href="/">${frame.siteName}</a></h1></div></div>
${frame.nav}
<div class="w960 center clear mt1">${body}</div>
${frame.footer}
</body>
</html>`,
}

function items(entries: readonly Entry[]): string {
  return entries
    .map(({ title, href, date }) => {
      const span = date ? `<span class="date">${date}</span>` : ''
      return `\n<li>${span}<a href="${href}" title="${title}">${title}</a></li>`
    })
    .join('')
}
