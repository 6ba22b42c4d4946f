import { addDays } from '../../../../shared/base/time.ts'
import { atEnd, atTop } from '../html.ts'
import { type Change, pick, type Source } from '../source.ts'

/* Other parts of a page, as new as today, that publish nothing: the truth stays what it was. */

const cn = (day: string) => day.replace(/^(\d+)-0?(\d+)-0?(\d+)$/, '$1年$2月$3日')

const beside = (
  name: string,
  place: (html: string, more: string) => string,
  variants: (ref: string) => readonly string[],
  fits: (source: Source) => boolean = () => true,
): Change => ({
  name,
  apply: (source, random) =>
    fits(source) ? { html: place(source.html, pick(random, variants(source.ref))) } : null,
})

export const NEIGHBOURS: readonly Change[] = [
  beside('events to come beside past ones', atEnd, (ref) => [
    `<div><h4>活动预告</h4><ul><li><a href="/hd/1.html">${addDays(ref, -1)} 非物质文化遗产展演活动</a></li><li><a href="/hd/2.html">${addDays(ref, 8)} 城市马拉松赛事活动</a></li></ul></div>`,
    `<table><tr><td>日期</td><td>活动名称</td></tr><tr><td>${ref}</td><td><a href="/hd/1.html">公益讲座春季养生知识</a></td></tr><tr><td>${addDays(ref, 3)}</td><td><a href="/hd/2.html">亲子读书会第十二期</a></td></tr><tr><td>${addDays(ref, 6)}</td><td><a href="/hd/3.html">流动图书车进社区</a></td></tr><tr><td>${addDays(ref, 9)}</td><td><a href="/hd/4.html">民俗文化展演进校园</a></td></tr></table>`,
  ]),
  beside('the sample of a template', atTop, (ref) => [
    `<div style="display:none" id="tpl"><ul><li><a href="#">标题示例文字标题示例文字</a><span>${ref}</span></li></ul></div>`,
    `<template><li><a href="/1.html">标题示例文字标题示例文字</a><span>${ref}</span></li></template>`,
    `<script type="text/template"><li><a href="{{url}}">{{title}}</a><span>{{date}}</span></li></script>`,
  ]),
  beside('a notice of maintenance over the page', atTop, (ref) => [
    `<div class="pop"><p>系统维护公告：本网站将于${cn(ref)}22:00至次日6:00升级维护，期间暂停服务。</p><button>关闭</button></div>`,
    `<div class="layer"><h3>温馨提示</h3><p>政务服务大厅${cn(addDays(ref, -1))}至${cn(addDays(ref, 1))}正常办理业务。</p></div>`,
  ]),
  beside('programs to load and their versions', atEnd, (ref) => [
    `<p><a href="/app.apk">客户端下载</a> 版本：2.0.1 更新日期：${ref} 大小：20MB</p>`,
    `<div class="app"><a href="/app.html">示例通APP</a><span>版本号：3.12.15（${ref}）</span></div>`,
  ]),
  beside('the hour of the server', atEnd, (ref) => [
    `<p>请求时间：${ref} 10:22:33 请求编号：${ref.replaceAll('-', '')}102233</p>`,
    `<p>GMT+8, ${ref} 10:22 , Processed in 0.020315 second(s), 12 queries .</p>`,
    `<p>服务器时间：${ref} 10:22:33</p>`,
  ]),
  beside('water, prices and duties of the day', atEnd, (ref) => [
    `<table><tr><th>站名</th><th>水位(m)</th><th>时间</th></tr><tr><td>示例水文站</td><td>20.24</td><td>${ref} 08:00</td></tr><tr><td>大桥站</td><td>18.03</td><td>${ref} 08:00</td></tr></table>`,
    `<dl><dt>今日油价（${ref}）</dt><dd>92号 7.81</dd><dd>95号 8.31</dd></dl>`,
    `<table><tr><th>值班日期</th><th>值班领导</th></tr><tr><td>${addDays(ref, -1)}</td><td>王某</td></tr><tr><td>${ref}</td><td>李某</td></tr></table>`,
  ]),
  beside(
    'newer articles beside this one',
    atEnd,
    (ref) => [
      `<div class="xg"><h4>相关信息</h4><ul><li><a href="/r/1.html">全市安全生产电视电话会议召开</a><span>${ref}</span></li><li><a href="/r/2.html">关于做好防汛工作的紧急通知</a><span>${addDays(ref, -2)}</span></li></ul></div>`,
      `<p>上一篇：<a href="/r/1.html">全市安全生产电视电话会议召开</a> ${ref}</p><p>下一篇：<a href="/r/2.html">关于做好防汛工作的紧急通知</a> ${addDays(ref, -2)}</p>`,
      `<div class="pl"><h4>网友评论</h4><p>网友123 ${ref} 12:00 说：支持！</p><p>网友456 ${addDays(ref, -1)} 09:00 说：好</p></div>`,
    ],
    ({ kind }) => kind === 'article',
  ),
]
