#!/bin/sh
# Before the files go: stop the service. dpkg says "remove", rpm says 0; an upgrade restarts it afterwards.
set -e
case "$1" in
remove | 0)
	if [ -d /run/systemd/system ]; then
		systemctl stop niengiam.service
	fi
	if command -v systemctl >/dev/null 2>&1; then
		systemctl disable niengiam.service >/dev/null 2>&1 || true
	fi
	;;
esac
