# Sourced by the other scripts: what native libraries must be told of this machine before they are loaded.

# OpenBLAS 0.3.19, which ND4J has, does not know AVX-512 on AMD's CPUs: it takes Zen 4 for Zen, and what is newer for an
# Opteron of 2007. The kernels that it has for Intel's AVX-512 run there too.
if [[ -z ${OPENBLAS_CORETYPE:-} && -r /proc/cpuinfo ]] && grep -qw AuthenticAMD /proc/cpuinfo; then
  flags=" $(grep -m 1 '^flags' /proc/cpuinfo) "
  if [[ $flags == *' avx512f '* && $flags == *' avx512cd '* && $flags == *' avx512bw '* && $flags == *' avx512dq '* &&
    $flags == *' avx512vl '* ]]; then
    export OPENBLAS_CORETYPE=SkylakeX
  fi
  unset flags
fi
