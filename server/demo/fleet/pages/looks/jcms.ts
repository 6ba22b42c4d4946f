import { contentType, type Entry, fullDate, type LookTemplate, monthDay } from './look.ts'

/** In the manner of Hanweb's JCMS: tables, and the whole date in an article's address. */
export const jcms: LookTemplate = {
  server: 'Apache',
  listPaths: {
    news: '/col/col1101/index.html',
    notice: '/col/col1102/index.html',
    policy: '/col/col1110/index.html',
    personnel: '/col/col1121/index.html',
    plan: '/col/col1122/index.html',
  },
  articlePath: ({ id, column }, { year, month, day }) => {
    const number = jcms.listPaths[column].slice(8, 12)
    return `/art/${year}/${month}/${day}/art_${number}_${id}.html`
  },
  articleId: /\/art_\d+_(\d+)\.html/,
  formatDate: (date, isShort) => (isShort ? monthDay(date) : fullDate(date)),
  box: ({ name, href, entries, isScript, column }) => `
<table width="100%" border="0" cellspacing="0" cellpadding="0" class="col_box"><tr><td class="col_tit">${name}</td><td align="right"><a href="${href}"><img src="/images/more.gif" border="0" alt="更多" /></a></td></tr>
<tr><td colspan="2" id="col_${column}"><table width="100%">${isScript ? '' : rows(entries)}</table></td></tr></table>`,
  list: (name, entries) => `
<table width="100%" class="path"><tr><td>您现在所在的位置：<a href="/">首页</a> &gt;&gt; ${name}</td></tr></table>
<table width="98%" align="center" class="col_list">${rows(entries)}</table>`,
  article: (title, published, source, paragraphs) => `
<table width="96%" align="center" id="article"><tr><td class="title">${title}</td></tr>
<tr><td align="center" class="info">发布日期：${published}　　信息来源：${source}　　浏览次数：</td></tr>
<tr><td class="bt_content"><div id="zoom">${paragraphs.map((text) => `<p>　　${text}</p>`).join('\n')}</div></td></tr></table>`,
  document: (frame, body) => `<html lang="zh-CN">
<head>
${contentType(frame.charset)}
<title>${frame.title}</title>
<meta name="author" content="${frame.unit}">
<style type="text/css">${frame.style}</style>
</head>
<body topmargin="0" leftmargin="0">
<table width="1000" border="0" align="center" cellpadding="0" cellspacing="0"><tr><td height="120" background="/images/top.jpg">${frame.siteName}</td></tr>
<tr><td class="bar">${frame.clock}</td></tr></table>
${frame.nav}
<table width="1000" border="0" align="center"><tr><td valign="top">${body}</td></tr></table>
${frame.footer}
</body>
</html>`,
}

function rows(entries: readonly Entry[]): string {
  return entries
    .map(({ title, href, date }) => {
      const cell = date ? `<td width="90" align="right" class="bt_time">${date}</td>` : ''
      return `\n<tr><td class="bt_link"><img src="/images/dot.gif" /> <a href="${href}" class="bt" target="_blank" title="${title}">${title}</a></td>${cell}</tr>`
    })
    .join('')
}
