import type { FleetColumn } from '../../publishing.ts'

/** The box of a column; of looks whose boxes bear no names the first that is empty. Answers come in any order. */
const BOX_OF = `function boxOf(column){return document.querySelector("[id$="+column+"],[data-col="+column+"]")||document.querySelector("ul:empty,table:empty");}`

/**
 * Fills the columns' boxes (or, on a column's own page, its list) in the browser.
 * @param isScrolled each only when the end of the page comes into sight.
 */
export function listScript(columns: readonly FleetColumn[], isScrolled = false): string {
  const all = JSON.stringify(columns)
  const call = isScrolled
    ? `var rest=${all},end=document.body.appendChild(document.createElement("div"));end.style.height="2px";
new IntersectionObserver(function(seen){if(seen[0].isIntersecting&&rest.length)fill(rest.shift());}).observe(end);
window.addEventListener("scroll",function(){if(rest.length)fill(rest.shift());});`
    : `${all}.forEach(fill);`
  return `<script type="text/javascript">
${BOX_OF}
function fill(column){var x=new XMLHttpRequest();x.open("GET","/data/"+column+".json",true);x.onload=function(){
var box=boxOf(column),list=JSON.parse(x.responseText),html="";
for(var i=0;i<list.length;i++)html+='<li><a href="'+list[i].href+'">'+list[i].title+'</a><span>'+list[i].date+'</span></li>';
box.innerHTML=html;};x.send();}
${call}
</script>`
}

/** Draws the columns' boxes from items that the script keeps itself, as JSON; at some sites by the `#` of the address. */
export function dataScript(lists: ReadonlyMap<FleetColumn, string>, isRouted: boolean): string {
  const data = [...lists].map(([column, list]) => `${JSON.stringify(column)}:${list}`).join(',\n')
  const call = isRouted
    ? 'function route(){var c=location.hash.slice(1);c?draw(c):Object.keys(items).forEach(draw);}\nwindow.onhashchange=route;route();'
    : 'Object.keys(items).forEach(draw);'
  return `<script type="text/javascript">
var items={${data}};
${BOX_OF}
function draw(column){var box=boxOf(column),list=items[column]||[];
for(var i=0;i<list.length;i++){var li=document.createElement("li"),a=document.createElement("a"),day=document.createElement("span");
a.href=list[i].href;a.textContent=list[i].title;day.textContent=list[i].date;li.appendChild(a);li.appendChild(day);box.appendChild(li);}}
${call}
</script>`
}
