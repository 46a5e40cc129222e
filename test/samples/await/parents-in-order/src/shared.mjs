await null;
result('shared');
