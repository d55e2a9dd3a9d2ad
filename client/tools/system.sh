#!/bin/sh
# Installs those of the named Debian packages that are missing. A package that
# is not installed but whose program is on the machine from elsewhere counts as
# there.
set -eu

present() {
	dpkg-query -W -f '${Status}' "$1" 2>/dev/null | grep -q 'ok installed' && return 0
	case $1 in
	default-jdk-headless) command -v javac ;;
	maven) command -v mvn ;;
	php-cli) command -v php ;;
	php-curl) command -v php && php -m | grep -qx curl ;;
	protobuf-compiler-grpc) command -v grpc_ruby_plugin ;;
	python3-venv) python3 -c 'import ensurepip, venv' ;;
	ruby) command -v ruby ;;
	ruby-grpc) command -v ruby && ruby -e 'require "grpc"' ;;
	*) false ;;
	esac >/dev/null 2>&1
}

missing=
for package; do
	present "$package" || missing="$missing $package"
done
[ -z "$missing" ] && exit 0
echo "installing$missing"
as_root=
[ "$(id -u)" = 0 ] || as_root=sudo
$as_root apt-get update -qq
# shellcheck disable=SC2086 # a list of names
$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
