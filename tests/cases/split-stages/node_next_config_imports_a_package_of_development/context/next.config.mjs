import analyzer from '@next/bundle-analyzer'; 
export default analyzer({enabled:false})({});
