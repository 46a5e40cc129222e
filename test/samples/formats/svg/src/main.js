export { default } from './image.svg';
