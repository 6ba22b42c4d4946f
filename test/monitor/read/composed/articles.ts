/* Parts of articles: headings, lines that tell the day, stories that tell of other days. */

export const HEADINGS: { readonly [name: string]: (title: string) => string } = {
  h1: (t) => `<h1>${t}</h1>`,
  h2: (t) => `<h2 class="t">${t}</h2>`,
  h3: (t) => `<h3>${t}</h3>`,
  named: (t) => `<div class="title">${t}</div>`,
  broken: (t) => `<h1>${t.slice(0, 6)}<br>${t.slice(6)}</h1>`,
}

export const LINES: { readonly [name: string]: (date: string) => string } = {
  labelled: (d) => `<p>发布时间：${d}　来源：区政府办　浏览次数：203</p>`,
  dated: (d) => `<div>日期：${d} | 字号：<a>大</a> <a>中</a> <a>小</a></div>`,
  bare: (d) => `<p>${d}</p>`,
  sourced: (d) => `<p>来源：示例日报　${d}　作者：李某</p>`,
  spans: (d) => `<div><span>${d}</span><span>区政府办</span><span>阅读：203</span></div>`,
  cells: (d) =>
    `<table><tr><td>来源：区政府办</td><td>发布日期：${d}</td><td>访问次数：203</td></tr></table>`,
  keyed: (d) =>
    `<table><tr><td>索引号</td><td>007/2024-00315</td><td>发布日期</td><td>${d}</td></tr><tr><td>文号</td><td>示府〔2024〕3号</td><td>失效日期</td><td>2030-01-01</td></tr></table>`,
  authored: (d) => `<p>作者：管理员 发表于：${d} 点击：203</p>`,
  said: (d) => `<p><em>${d}</em> 发布 <em>203</em> 次阅读</p>`,
  updated: (d) => `<p>更新时间：${d}　　点击数：203</p>`,
  apart: (d) => `<p><b>发布时间:</b> <span>${d}</span> <b>来源:</b> <span>本站</span></p>`,
  listed: (d) => `<ul><li>来源：本站</li><li>发布日期：${d}</li><li>访问量：203</li></ul>`,
  written: (d) => `<p><script>document.write("发布时间：${d}")</script> 来源：本站</p>`,
  traditional: (d) => `<p>發佈時間：${d}　來源：區政府辦</p>`,
}

export const STORIES = [
  '<p>各镇人民政府、街道办事处：为进一步加强管理，现将有关事项通知如下，请认真贯彻执行。</p>',
  '<p>会议时间：2024年3月14日上午9:30，地点：区政府一楼会议室。</p>',
  '<p>3月12日上午，区委书记带队调研，要求2024年12月31日前完成。</p>',
  '<p>咨询电话：020-20240315。报名截止时间：2024-03-14。</p>',
  '<p>根据《条例》（2019年5月1日起施行）规定，自2024年4月1日起实施。</p>',
  '<table><tr><td>序号</td><td>日期</td></tr><tr><td>1</td><td>2024-03-13</td></tr></table>',
  '<p><strong>2024-03-13</strong> 区教育局组织开展检查。</p>',
  '<p>附件：<a href="/f/1.doc">报名表（2024.03.14更新）.doc</a></p>',
  '<p>来源：新华社2024年3月13日电</p>',
  '<h3>一、申报时间</h3><p>2024年3月11日至2024年3月14日</p>',
] as const

/** What stands below an article and is as new as today. */
export const BELOW: { readonly [name: string]: (today: string) => string } = {
  nothing: () => '',
  related: (day) =>
    `<div><h4>最新动态</h4><ul><li><a href="/s/1">市领导检查节日市场供应工作</a><span>${day}</span></li><li><a href="/s/2">关于做好春耕生产工作的意见</a><span>${day}</span></li></ul></div>`,
  next: (day) => `<p>上一篇：<a href="/1">市领导检查节日市场供应工作</a> [${day}]</p>`,
  foot: (day) => `<div class="foot">版权所有 示例区政府 粤ICP备05012345号 更新日期：${day}</div>`,
  comment: (day) => `<div>评论：网友 ${day} 12:00 支持</div>`,
}
