#!/bin/sh
# Installs PostgreSQL's programs from Debian, if they are missing, and nothing more: the
# tests start servers of their own, so no cluster is made and none is started.
set -eu

{ ls /usr/lib/postgresql/*/bin/initdb || command -v initdb; } >/dev/null 2>&1 && exit 0
system=$(dirname "$0")/../client/tools/system.sh
"$system" postgresql-common
as_root=
[ "$(id -u)" = 0 ] || as_root=sudo
$as_root sed -i 's/^#* *create_main_cluster *=.*/create_main_cluster = false/' /etc/postgresql-common/createcluster.conf
"$system" postgresql
