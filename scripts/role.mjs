// Starts one part of the federation in an image: `gateway` or `subgraph NAME`.
const MAINS = { gateway: '../dist/gateway/main.js', subgraph: '../dist/subgraphs/main.js' };
const [role = ''] = process.argv.splice(2, 1); // the part reads the arguments after its role as its own

if (Object.hasOwn(MAINS, role)) await import(MAINS[role]);
else {
  console.error('Which part? One of: gateway, subgraph NAME');
  process.exit(1);
}
