import { view } from './view.jsx';
result(view());
