const a='a',b='b';export{a,b};export default'd'
