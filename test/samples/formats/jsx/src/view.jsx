import { h } from 'never-installed';
export const view = () => <p>Hi</p>;
