#!/bin/sh
# After unpacking: the user, the directories, the service. dpkg says "configure" and the version before,
# rpm says 1 (first time) or 2 (upgrade).
set -e

state=/var/lib/niengiam
first=no
case "$1" in
configure) [ -n "$2" ] || first=yes ;;
1) first=yes ;;
esac

getent group niengiam >/dev/null || groupadd --system niengiam
getent passwd niengiam >/dev/null ||
	useradd --system --gid niengiam --home-dir "$state" --no-create-home --shell /usr/sbin/nologin niengiam

chgrp niengiam /etc/niengiam/niengiam.yaml "$state/workspace"
mkdir -p "$state/data"
chown niengiam:niengiam "$state/data"
chmod 0700 "$state/data"

if command -v systemctl >/dev/null 2>&1; then
	[ $first = no ] || systemctl enable niengiam.service >/dev/null 2>&1 || true
	if [ -d /run/systemd/system ]; then
		systemctl daemon-reload
		if [ $first = no ]; then
			systemctl try-restart niengiam.service
		elif [ -e "$state/workspace/niengiam.yaml" ]; then
			systemctl start niengiam.service
		fi
	fi
fi
if [ ! -e "$state/workspace/niengiam.yaml" ]; then
	echo "niengiam: put a workspace into $state/workspace, such as the sample:"
	echo "niengiam:   cp -r /usr/share/niengiam/sample/. $state/workspace/ && systemctl start niengiam"
fi
