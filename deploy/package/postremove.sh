#!/bin/sh
# After the files went: what was loaded, the workspace and the user stay, whatever was asked for, and it is said.
set -e
case "$1" in
remove | purge | 0)
	if [ -d /run/systemd/system ]; then
		systemctl daemon-reload
	fi
	;;
esac
case "$1" in
purge | 0)
	echo "niengiam: no data were deleted: what was published and the workspace are still in /var/lib/niengiam."
	echo "niengiam: to delete them as well: rm -r /var/lib/niengiam && userdel niengiam"
	;;
esac
