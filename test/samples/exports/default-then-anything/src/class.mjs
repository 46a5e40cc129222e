export default class { is = 'class' }
[result('bracket')]
