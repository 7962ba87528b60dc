# SPDX-License-Identifier: Apache-2.0

# A configuration that would not come true as written is refused, with a reason.

function(add_refusal_test name file pattern)
  add_compile_failure_test(build.${name} ${TEST_APP} linux gcc "${file}:${pattern}"
                           -DCONF_FILE=${file})
endfunction()

add_refusal_test(option_unknown unknown.conf "4: there is no option CONFIG_MAIN_STAK_SIZE")
add_refusal_test(option_unmet unmet.conf
                 "5: CONFIG_TIMESLICE_SIZE=5 has no effect.* It needs: TIMESLICING")
add_refusal_test(option_out_of_range range.conf
                 "4: CONFIG_NUM_PREEMPT_PRIORITIES=1000 .* Its range is 0 to 128")
