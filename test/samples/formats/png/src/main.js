import url from './image.png';
result(url);
