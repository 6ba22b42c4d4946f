import { contentType, type Entry, fullDate, type LookTemplate, monthDay, two } from './look.ts'

/** In the manner of TRS WCM: static pages, dated addresses, dates in square brackets before the title. */
export const trs: LookTemplate = {
  server: 'nginx',
  listPaths: {
    news: '/gzdt/',
    notice: '/tzgg/',
    policy: '/zwgk/zcwj/',
    personnel: '/zwgk/rsxx/',
    plan: '/zwgk/ghjh/',
  },
  articlePath: ({ id, column }, date) => {
    const month = `${date.year}${two(date.month)}`
    return `${trs.listPaths[column]}${month}/t${month}${two(date.day)}_${id}.html`
  },
  articleId: /\/t\d{8}_(\d+)\.html/,
  formatDate: (date, isShort) => `[${isShort ? monthDay(date) : fullDate(date)}]`,
  box: ({ name, href, entries, isScript, column }) => `
<div class="mod-box">
  <div class="mod-tit"><h2><a href=".${href}" target="_blank">${name}</a></h2><span class="more"><a href=".${href}">更多&gt;&gt;</a></span></div>
  <ul class="mod-list" id="list_${column}">${isScript ? '' : items(entries)}</ul>
</div>`,
  list: (name, entries) => `
<div class="position">当前位置：<a href="/">首页</a> &gt; ${name}</div>
<div class="list-right"><h3>${name}</h3><ul class="mod-list">${items(entries)}</ul>
<div class="pages"><script type="text/javascript">createPageHTML(1, 0, "index", "html");</script></div></div>`,
  article: (title, published, source, paragraphs) => `
<div class="xl-main"><h1>${title}</h1>
<div class="xl-info"><span>发布时间：${published}</span><span>来源：${source}</span><span>字体：【大 中 小】</span></div>
<div class="TRS_Editor">${paragraphs.map((text) => `<p align="justify">　　${text}</p>`).join('\n')}</div></div>`,
  document: (
    frame,
    body,
  ) => `<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml" lang="zh-CN">
<head>
${contentType(frame.charset)}
<title>${frame.title}</title>
<meta name="SiteName" content="${frame.siteName}" />
<meta name="ColumnType" content="政务网站" />
<meta name="others" content="页面生成" />
<style type="text/css">${frame.style}</style>
</head>
<body>
<div class="top"><div class="w1000">${frame.clock}<span class="fav"><a href="#">设为首页</a> | <a href="#">加入收藏</a></span></div></div>
<div class="banner"><img src="/images/banner.jpg" alt="${frame.siteName}" /></div>
${frame.nav}
<div class="w1000 main">${body}</div>
${frame.footer}
</body>
</html>`,
}

function items(entries: readonly Entry[]): string {
  return entries
    .map(({ title, href, date }) => {
      const span = date ? `<span>${date}</span>` : ''
      return `\n    <li>${span}<a href="${href}" target="_blank" title="${title}">${title}</a></li>`
    })
    .join('')
}
