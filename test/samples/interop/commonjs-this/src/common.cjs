var isThis = this === module.exports;
undeclaredByCommon = 1;
module.exports = [isThis, typeof undeclaredByCommon];
return;
result('never');
