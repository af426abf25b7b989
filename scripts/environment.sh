# Sourced by the other scripts: finds Java, and sets the variables that native libraries read when they are loaded.

JAVA_VERSION_NEEDED=17

# Sets JAVA_HOME to the Java that every command uses, Maven and spark-submit included: that of JAVA_HOME, or else the one on
# the PATH. Ends the script if it is missing or has another version.
require_java() { # name of the script, for messages
  local java=java origin='on the PATH' found='' properties
  if [[ -n ${JAVA_HOME:-} ]]; then
    java=$JAVA_HOME/bin/java origin=JAVA_HOME
  fi
  if ! command -v "$java" >/dev/null; then
    echo "$1: Java $JAVA_VERSION_NEEDED is needed; found none at $java ($origin)" >&2
    exit 2
  fi
  # A JDK describes itself in a file, which is quicker than to start it.
  local home
  home=$(cd "$(dirname "$(readlink -f "$(command -v "$java")")")/.." && pwd)
  if [[ -f $home/release && -x $home/bin/java ]]; then
    found=$(sed -n 's/^JAVA_VERSION="\([^"]*\)".*/\1/p' "$home/release")
  fi
  if [[ -z $found ]]; then
    properties=$("$java" -XshowSettings:properties -version 2>&1 || true)
    found=$(sed -n 's/^ *java\.specification\.version = //p' <<<"$properties")
    home=$(sed -n 's/^ *java\.home = //p' <<<"$properties")
  fi
  if [[ ${found%%.*} != "$JAVA_VERSION_NEEDED" ]]; then
    echo "$1: Java $JAVA_VERSION_NEEDED is needed; found ${found:-an unknown version} at ${home:-$java} ($origin)" >&2
    exit 2
  fi
  export JAVA_HOME=$home
}

# OpenBLAS 0.3.19, which ND4J has, does not know AVX-512 on AMD's CPUs and on Intel's after Sapphire Rapids: it takes Zen 4 for
# Zen, and newer CPUs for an Opteron of 2007 or a Pentium. Its kernels for Skylake run on all that have AVX-512.
if [[ -z ${OPENBLAS_CORETYPE:-} && -r /proc/cpuinfo ]]; then
  flags=" $(grep -m 1 '^flags' /proc/cpuinfo) "
  if [[ $flags == *' avx512f '* && $flags == *' avx512cd '* && $flags == *' avx512bw '* && $flags == *' avx512dq '* &&
    $flags == *' avx512vl '* ]]; then
    export OPENBLAS_CORETYPE=SkylakeX
  fi
  unset flags
fi

# Lets glibc take the memory of native libraries from one heap of huge pages, and keep up to 256 MB of it when it is freed. By default
# each large block is mapped in small pages, with which products of matrices take longer on a busy host. Other C libraries ignore the
# variable.
if [[ -z ${GLIBC_TUNABLES:-} ]]; then
  export GLIBC_TUNABLES=glibc.malloc.hugetlb=1:glibc.malloc.arena_max=1:glibc.malloc.mmap_threshold=33554432:glibc.malloc.trim_threshold=268435456
fi

# Compiles the tests and prints the class path of main, tests and libraries; TEST_CLASS_PATH, if it is set, is printed instead.
# MAVEN_OPTIONS goes to Maven.
test_class_path() {
  local file
  if [[ -z ${TEST_CLASS_PATH:-} ]]; then
    file=$(mktemp)
    # shellcheck disable=SC2086 # options, which are words
    mvn -q -B ${MAVEN_OPTIONS:-} test-compile dependency:build-classpath -Dmdep.outputFile="$file" >&2
    TEST_CLASS_PATH=target/test-classes:target/classes:$(<"$file")
    rm "$file"
  fi
  echo "$TEST_CLASS_PATH"
}
