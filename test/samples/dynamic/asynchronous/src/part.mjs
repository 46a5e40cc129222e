result('runs');
