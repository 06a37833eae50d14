import { loadUncertainWorld, uncertainWorld, saltelliDesign, sobolIndices } from "@ree/uncertainty";
const m=uncertainWorld(loadUncertainWorld());
const d=saltelliDesign(m.groups,1);
const rows=Number(Deno.args[0]); const out:any[]=[];
const s=performance.now();
for(let r=0;r<rows;r++) for(const p of d.parts){const x=m.evaluate(d.point(r,p)); out.push({row:r,part:p,failure:x.failure,values:[...x.values]});}
console.log("seconds",(performance.now()-s)/1000, out.filter(o=>o.failure).length);
Deno.writeTextFileSync("/tmp/h-uncertainty/raw.json",JSON.stringify({outcomes:m.outcomes,parts:d.parts,central:[...m.central().values],out}));
for(const key of ["fixed price","fixed exports c14","fixed welfare abroad","allocation welfare abroad","mitigation"]){
 const k=m.outcomes.findIndex(o=>o.key===key);
 const col=(p:string)=>out.filter(o=>o.part===p).map(o=>o.values[k]);
 const f=sobolIndices({a:col("A"),b:col("B"),swapped:new Map(m.groups.map(g=>[g.name,col(g.name)]))});
 console.log(key,f.mean.toFixed(3),Math.sqrt(f.variance).toFixed(3)); for(const i of f.indices) console.log("  ",i.group.padEnd(8),i.first.toFixed(2),`(${i.firstLower.toFixed(2)} ${i.firstUpper.toFixed(2)})`,i.total.toFixed(2),`(${i.totalLower.toFixed(2)} ${i.totalUpper.toFixed(2)})`);
}
