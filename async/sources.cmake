# SPDX-License-Identifier: Apache-2.0

# The sources of the async library, for the pocket kernel's build and for Zephyr's.

set(dir ${CMAKE_CURRENT_LIST_DIR})
set(EDDY_SOURCES
	${dir}/alarm.c
	${dir}/barrier.c
	${dir}/broadcast.c
	${dir}/chan.c
	${dir}/condvar.c
	${dir}/event.c
	${dir}/exec.c
	${dir}/exec_bare.c
	${dir}/group.c
	${dir}/mutex.c
	${dir}/once.c
	${dir}/pipe.c
	${dir}/pool.c
	${dir}/prio_chan.c
	${dir}/rwlock.c
	${dir}/select.c
	${dir}/sem.c
	${dir}/signal.c
	${dir}/slots.c
	${dir}/spawn_alloc.c
	${dir}/task.c
	${dir}/ticker.c
	${dir}/timeq.c
	${dir}/wait.c
	${dir}/watch.c
)
if(CONFIG_MULTITHREADING)
	list(APPEND EDDY_SOURCES ${dir}/block.c ${dir}/block_on.c ${dir}/condvar_thread.c
	     ${dir}/exec_thread.c ${dir}/lend.c ${dir}/mutex_thread.c ${dir}/pipe_thread.c)
endif()
if(CONFIG_EDDY_KERNEL_AWAITS)
	list(APPEND EDDY_SOURCES ${dir}/kernel_flush.c)
	if(CONFIG_POLL)
		list(APPEND EDDY_SOURCES ${dir}/kernel_poll.c)
	endif()
	if(NOT CONFIG_EDDY_KERNEL_HELPERS EQUAL 0)
		list(APPEND EDDY_SOURCES ${dir}/kernel_call.c)
	endif()
endif()
if(CONFIG_EDDY_WORK_EXECUTOR)
	list(APPEND EDDY_SOURCES ${dir}/exec_work.c)
endif()
if(CONFIG_EDDY_IRQ_EXECUTOR)
	# It refers to the system work queue: to be linked only if something refers to it.
	set(EDDY_IRQ_SOURCES ${dir}/exec_irq.c)
	if(CONFIG_EDDY_IRQ_PEND_CUSTOM)
		# The application has eddy_irq_pend().
	elseif(CONFIG_ARMV6_M_ARMV8_M_BASELINE)
		list(APPEND EDDY_SOURCES ${dir}/irq_pend_armv6_m.c)
	elseif(CONFIG_CPU_CORTEX_M)
		list(APPEND EDDY_SOURCES ${dir}/irq_pend_cortex_m.c)
	elseif(CONFIG_RISCV)
		list(APPEND EDDY_SOURCES ${dir}/irq_pend_riscv.c)
	elseif(CONFIG_ARCH_LINUX)
		list(APPEND EDDY_SOURCES ${dir}/irq_pend_linux.c)
	elseif(CONFIG_ARCH_POSIX)
		list(APPEND EDDY_SOURCES ${dir}/irq_pend_posix.c)
	endif()
endif()
if(CONFIG_EDDY_DETECT)
	list(APPEND EDDY_SOURCES ${dir}/detect.c)
endif()
if(CONFIG_EDDY_TASK_RANK)
	list(APPEND EDDY_SOURCES ${dir}/runq_ranked.c)
endif()
if(CONFIG_EDDY_TASK_MONITOR)
	list(APPEND EDDY_SOURCES ${dir}/monitor.c)
endif()
if(CONFIG_EDDY_TRACING)
	list(APPEND EDDY_SOURCES ${dir}/trace.c)
endif()
