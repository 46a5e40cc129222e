import url from './image.png';
result(url.slice(url.indexOf('/assets')));
