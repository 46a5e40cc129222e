global.ran = (global.ran || []).concat('ran german');
