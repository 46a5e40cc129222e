import { packaged } from 'packaged';

result(VERSION);
result(__VUE_OPTIONS_API__ ? 'options' : require('./gone'));
result([typeof VERSION, typeof __DEV__ === 'boolean' ? typeof config.gone : require('./gone')]);
result([config.features.chat && import('./gone'), config.features.limit, config.features.limit > 5 || null]);
(function (VERSION) {
  result(VERSION);
})('own');
result(packaged);
result(process.browser);
if (__DEV__) require('./gone');
