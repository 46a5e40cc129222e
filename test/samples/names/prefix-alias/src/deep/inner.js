export { inner } from '@/deep/deeper';
