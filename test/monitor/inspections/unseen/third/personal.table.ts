import { personalData } from '../../../../../server/monitor/inspections/content/personal-data.ts'
import { card, identity } from '../../content/numbers.ts'
import { list, page } from '../../content/personal/forms.ts'
import { said } from '../../pages.ts'
import { tableOf } from '../../planted-table.ts'

/* A third round: what a page publishes besides what it shows. */

const A = identity('330424', '19521222', '303')
const B = identity('410102', '19650825', '894')
const K = card('622202')
const half = `${A.slice(0, 6)}********${A.slice(14)}`

const BLIND: readonly string[] = [
  list(['姓名', '证件'], ['黄大勇', `<span title="${A}">${half}</span>`]),
  page(`<ul><li data-sfzh="${B}">林志强 4101**************</li></ul>`),
  page(`<script>var data=[{"xm": "胡美玲", "sfzh": "${A}", "je": 554}];render(data);</script>`),
  page(
    `<form><input type="hidden" name="xm" value="王永红"><input type="hidden" name="idcard" value="${A}"></form>`,
  ),
  page(`<a href="/cx/detail.jsp?name=孙晓东&sfz=${A}">查看详情</a>`),
  page(`<p>名单见附件。</p><!-- 原稿：杨春燕 ${A} 12800元 -->`),
  page(`<img src="/1.jpg" alt="胡建国身份证${A}">`),
  page('<p>x</p>').replace(
    '<head>',
    `<head><meta name="description" content="申请人黄丽娟（身份证号${A}）">`,
  ),
  page('<ul><li>高长生（户主） 135-0513-5009</li><li>王卫平（户主） 152-2311-7066</li></ul>'),
  page('<ol><li>马彩霞 <a href="tel:13975000524">拨打</a> 柳树沟村</li></ol>'),
  page('<div><div>林德明</div><div>家长：王桂兰</div><div>13107852120</div></div>'),
  page(`<script>var rows=[["罗小芳","${K}",2202]];</script>`),
  page(
    `<table><tr><th>姓名</th><th style="display:none">身份证</th></tr><tr><td>胡桂兰</td><td style="display:none">${A}</td></tr></table>`,
  ),
  page(`<select name="v"><option value="${A}">陈大勇</option></select>`),
]

/** More of each kind. */
export const MORE: readonly (readonly [kind: string, page: string])[] = [
  ['attribute', page(`<td onclick="show('${A}')">查看</td>`)],
  ['attribute', page(`<button data-info='{"name":"李丽","id":"${A}"}'>详情</button>`)],
  ['attribute', page(`<input type="text" readonly value="${A}">`)],
  ['attribute', page(`<a href="#" aria-label="李丽，身份证${A}">李丽</a>`)],
  ['attribute', page(`<a href="/q?idNo=${A}&amp;type=1">结果</a>`)],
  ['attribute', page(`<img src="/pic/show?sfzhm=${B}">`)],
  ['script', page(`<script>/* 测试 */ list.push({idcard:'${A}',name:'李丽'})</script>`)],
  ['script', page(`<script type="application/json">{"rows":[["李丽","${B}"]]}</script>`)],
  ['script', page(`<script>document.write("<td>${A}</td>")</script>`)],
  ['script', page(`<script>var csv="序号,姓名,证件号\\n1,李丽,${A}\\n"</script>`)],
  ['script', page(`<script>window.__STATE__={"bank":"${K}","user":"李丽"}</script>`)],
  ['comment', page(`<!--<tr><td>李丽</td><td>${B}</td></tr>-->`)],
  ['comment', page(`<!-- 联系家长：李丽 手机13712345678 -->`)],
  ['comment', page(`<!--[if lt IE 7]><p>${A}</p><![endif]-->`)],
  ['comment', page(`<p>a</p><!--\n户主 李丽\n卡号 ${K}\n-->`)],
  ['comment', `${page('<p>x</p>')}<!-- 李丽 身份证号：${A} -->`],
  ['unshown', page(`<div hidden>李丽 ${A}</div>`)],
  ['unshown', page(`<div style="visibility:hidden">${A}</div>`)],
  ['unshown', page(`<noscript>${A}</noscript>`)],
  ['unshown', page(`<template><p>${B}</p></template>`)],
  ['unshown', page(`<select><option>李丽 ${A}</option></select>`)],
  ['telephone', page('<p>李丽 <a href="tel:+8613712345678">点击拨号</a></p>')],
  ['telephone', page('<tr><td>张建国</td><td><a href="tel:137-1234-5678">电话</a></td></tr>')],
  [
    'telephone',
    page('<table><tr><td>张建国</td><td><a href="tel:13712345678"><img src="t.png"></a></td></tr></table>'),
  ],
  ['telephone', page('<li>学生：李丽 <a href="sms:13712345678">短信</a></li>')],
  ['telephone', page('<p>李丽（家长）<a href="TEL:13712345678">联系</a></p>')],
  ['role', page('<p>李丽（学生家长）：13712345678</p>')],
  ['role', page('<p>张建国(业主) 13712345678</p>')],
  ['role', page('<p>李丽【申请人】13712345678</p>')],
  ['role', page('<li>王小明（本人）手机13712345678</li>')],
  ['role', page('<li>陈大文（监护人）138 1234 5678</li>')],
  [
    'grid',
    page(
      '<div><span>姓名</span></div><div>李丽</div><div>13712345678</div><div>张建国</div><div>13812345678</div>',
    ),
  ],
  ['grid', page('<dl><dt>户主：李丽</dt><dd>13712345678</dd></dl>')],
  ['grid', page('<p>学生：王小明</p><p>137 1234 5678</p>')],
  ['grid', page('<div>申请人：李丽</div><div>手机：13712345678</div>')],
  ['grid', page('<ul><li>李丽</li><li>电话：13712345678</li></ul>')],
]

const SOUND: readonly string[] = [
  page(`<span title="${half}">${half}</span>`),
  page('<input placeholder="例：13800138000" title="请输入11位手机号">'),
  page('<input placeholder="例如 11010519491231002X">'),
  page('<script>var w=[7,9,10,5,8,4,2,1,6,3,7,9,10,5,8,4,2];var re=/^\\d{17}[\\dXx]$/;</script>'),
  page('<script>var t=1700000000000,id="1786200572167354881",k="202412137741162962";</script>'),
  page('<script src="/j.js?v=20240105123456789"></script><a href="/c/202401129170174353.html">x</a>'),
  page('<div data-id="410102196508258940" data-v="1a2b3c">x</div>'),
  page(`<div data-code="统一社会信用代码${A}">x</div>`),
  page('<!-- 模板 2024 编号 202401129170174353 -->'),
  page('<p>值班电话 <a href="tel:13712345678">拨打</a></p>'),
  page('<p>监督举报：陈大文 <a href="tel:13712345678">拨打</a></p>'),
  page('<p>办公室 <a href="tel:0763-3360000">0763-3360000</a></p>'),
  page('<p>张建国（网格员） 13712345678</p>'),
  page('<p>陈大文（河长） 13712345678</p>'),
  page('<p>市水务局（办公室） 13712345678</p>'),
  page('<div>联系人：张建国</div><div>13712345678</div>'),
  page('<div>防汛值班</div><div>张建国</div><div>13712345678</div>'),
  page('<div>举报电话</div><div>13712345678</div>'),
  page(
    '<div>网格员公示</div><div>姓名</div><div>电话</div><div>张建国</div><div>13712345678</div><div>李丽</div><div>13812345678</div>',
  ),
  page('<div>联系人</div><div>张建国</div><div>13712345678</div>'),
  page('<script>var hotline="12345",tel="0763-3360000",qq="1371234567";</script>'),
  page('<select><option value="441802">清城区</option><option value="13712345678">手机</option></select>'),
  page('<template><p>{{name}} {{idcard}}</p></template>'),
  page(`<script>// 格式示例 ${A}\nvar a=1</script>`),
]

export const PERSONAL_THIRD = tableOf(
  'personal-data',
  [...BLIND, ...MORE.map(([, one]) => one)],
  SOUND,
  async (html) => (await said(personalData, html)).outcome,
)
