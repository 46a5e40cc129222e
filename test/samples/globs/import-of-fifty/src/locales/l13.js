export default 'locale 13';
