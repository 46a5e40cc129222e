result('runs');
throw new Error('thrown');
