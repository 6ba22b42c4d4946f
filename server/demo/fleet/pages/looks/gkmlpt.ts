import { type Entry, fullDate, type LookTemplate, monthDay } from './look.ts'

/** In the manner of the province's shared platform (gkmlpt): modern mark-up, numbered posts. */
export const gkmlpt: LookTemplate = {
  server: 'openresty',
  listPaths: {
    news: '/xwdt/gzdt/index.html',
    notice: '/xwdt/tzgg/index.html',
    policy: '/zwgk/zcwj/index.html',
    personnel: '/zwgk/rsxx/index.html',
    plan: '/zwgk/ghjh/index.html',
  },
  articlePath: ({ id }) =>
    `/gkmlpt/content/${Math.floor(id / 100_000)}/${Math.floor(id / 1_000)}/post_${id}.html`,
  articleId: /\/post_(\d+)\.html/,
  formatDate: (date, isShort) => (isShort ? monthDay(date) : fullDate(date)),
  box: ({ name, href, entries, isScript, column }) => `
<section class="col-item"><header><a href="${href}" class="tab on">${name}</a><a href="${href}" class="more">更多</a></header>
<ul class="list_con" data-col="${column}">${isScript ? '' : items(entries)}</ul></section>`,
  list: (name, entries) => `
<nav class="crumbs"><a href="/">首页</a><i>/</i><a href="#">${name}</a></nav>
<main class="list"><ul class="list_con">${items(entries)}</ul></main>`,
  article: (title, published, source, paragraphs) => `
<article class="content"><h1 class="content_title">${title}</h1>
<div class="content_date"><span class="date">发布时间 : ${published}</span><span class="ly">来源 : ${source}</span></div>
<div class="article-content">${paragraphs.map((text) => `<p>${text}</p>`).join('\n')}</div></article>`,
  document: (frame, body) => `<!DOCTYPE html>
<html lang="zh-CN">
<head>
${frame.charset ? `<meta charset="${frame.charset}">` : ''}
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="renderer" content="webkit">
<title>${frame.title}</title>
<style>${frame.style}</style>
</head>
<body>
<header class="header"><a class="logo" href="/">${frame.siteName}</a><div class="date-info">${frame.clock}</div></header>
${frame.nav}
<div class="wrapper">${body}</div>
${frame.footer}
</body>
</html>`,
}

function items(entries: readonly Entry[]): string {
  return entries
    .map(({ title, href, date }) => {
      const span = date ? `<span class="time">${date}</span>` : ''
      return `\n  <li><a href="${href}" title="${title}" target="_blank">${title}</a>${span}</li>`
    })
    .join('')
}
