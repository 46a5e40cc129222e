/** How the plain loader fetches a bundle. The updating loader has a way of its own, see `updates/`. */
var fetchBundle = download;
