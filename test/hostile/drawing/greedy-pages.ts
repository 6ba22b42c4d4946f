/* Pages that take from the browser what it holds for them, and look for ways around its proxy. */

/** By what they are called; TRAP and UDP are ports that nothing may reach. */
export const GREEDY: Readonly<Record<string, string>> = {
  talks: '<p>x</p><script>const s="x".repeat(5e7);setInterval(()=>console.log(s+Math.random()),1)</script>',
  talkingworkers:
    '<p>x</p><script>const one=URL.createObjectURL(new Blob(["const s=\'x\'.repeat(5e7);setInterval(()=>console.log(s+Math.random()),1)"]));for(let n=0;n<4;n++)new Worker(one)</script>',
  throws:
    '<p>x</p><script>const s="x".repeat(5e7);setInterval(()=>{throw new Error(s+Math.random())},1)</script>',
  hoards:
    '<p>x</p><script>const all=[];setInterval(()=>{const a=new Uint8Array(8<<20);a.fill(all.length+1);all.push(new Blob([a]))},5)</script>',
  database:
    '<p>x</p><script>const r=indexedDB.open("x",1);r.onupgradeneeded=()=>r.result.createObjectStore("s");r.onsuccess=()=>{const d=r.result;let n=0;setInterval(()=>{const a=new Uint8Array(8<<20);crypto.getRandomValues(a.subarray(0,65536));const t=d.transaction("s","readwrite");t.objectStore("s").put(a,n++)},5)}</script>',
  cache:
    '<p>x</p><script>(async()=>{const c=await caches.open("x");let n=0;for(;;){const a=new Uint8Array(8<<20);await c.put("/k"+n++,new Response(a))}})()</script>',
  past: '<p>x</p><script>let n=0;setInterval(()=>{history.pushState("y".repeat(5e6),"","?"+n++)},20)</script>',
  cookies:
    '<p>x</p><script>let n=0;setInterval(()=>{document.cookie="k"+n+++"="+"x".repeat(4000);try{localStorage["k"+n]="y".repeat(1e6)}catch{}},1)</script>',
  frames:
    '<p>x</p><script>setInterval(()=>{for(let n=0;n<20;n++){const f=document.createElement("iframe");f.srcdoc="<p>"+n;document.body.append(f)}},5)</script>',
  files: '<p>x</p><script>fetch("/packed").then(r=>r.blob()).then(b=>{document.title=b.size})</script>',
  texts: '<p>x</p><script>for(let n=0;n<5;n++)fetch("/packed?"+n).then(r=>r.text())</script>',
  canvas:
    '<p>x</p><script>const all=[];setInterval(()=>{const c=document.createElement("canvas");c.width=c.height=8000;c.getContext("2d").fillRect(0,0,9,9);all.push(c)},5)</script>',
  shared:
    '<p>x</p><script>const all=[];setInterval(()=>{try{const a=new Uint8Array(new WebAssembly.Memory({initial:1000,maximum:1000,shared:true}).buffer);a.fill(1);all.push(a)}catch(e){document.title=e}},5)</script>',
  calls:
    '<p>x</p><script>function go(w){try{const p=new w.RTCPeerConnection({iceServers:[{urls:"stun:127.0.0.1:UDP"},{urls:"turn:127.0.0.1:UDP?transport=udp",username:"a",credential:"b"},{urls:"turn:127.0.0.1:TRAP?transport=tcp",username:"a",credential:"b"}]});p.createDataChannel("x");p.onicecandidate=e=>{if(e.candidate)document.title+=e.candidate.candidate};p.createOffer().then(o=>p.setLocalDescription(o))}catch(e){document.title+=String(e)}}go(window);const f=document.createElement("iframe");document.documentElement.append(f);go(f.contentWindow);const g=document.createElement("iframe");g.src="javascript:1";document.documentElement.append(g);go(g.contentWindow)</script>',
  transports:
    '<p>x</p><script>const one=URL.createObjectURL(new Blob(["try{new WebTransport(\'https://127.0.0.1:UDP/\')}catch(e){}"]));new Worker(one);const f=document.createElement("iframe");document.documentElement.append(f);try{new f.contentWindow.WebTransport("https://127.0.0.1:UDP/")}catch{}</script>',
  opens:
    '<p>x</p><script>const f=document.createElement("iframe");document.documentElement.append(f);setInterval(()=>{f.contentWindow.open("/list?"+Math.random());Window.prototype.open&&0;const a=document.createElement("a");a.target="_blank";a.href="/list?"+Math.random();document.body.append(a);a.click()},5)</script>',
  fonts: '<style>@font-face{font-family:q;src:url(/packed)}p{font-family:q}</style><p>x 2026</p>',
  serviceworkers:
    '<p>x</p><script>const f=document.createElement("iframe");document.documentElement.append(f);f.contentWindow.navigator.serviceWorker&&f.contentWindow.navigator.serviceWorker.register("/sw.js").then(()=>{document.title="SW!"},e=>{document.title=e})</script>',
  images:
    '<p>x</p><script>setInterval(()=>{for(let n=0;n<50;n++)new Image().src="http://127.0.0.1:TRAP/i"+Math.random()},1)</script>',
}
