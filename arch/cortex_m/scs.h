/* SPDX-License-Identifier: Apache-2.0 */

/*
 * The registers of the System Control Space that this port uses, by their architectural names
 * (ARMv7-M Architecture Reference Manual, B3). Only these, so no vendor header is needed.
 */

#ifndef ARCH_CORTEX_M_SCS_H_
#define ARCH_CORTEX_M_SCS_H_

#include <stdint.h>

#define SCS_REG32(address) (*(volatile uint32_t *)(address))
#define SCS_REG8(address)  (*(volatile uint8_t *)(address))

/* Interrupt lines: one bit per line, 32 lines per register; a byte of priority per line. */
#define NVIC_ISER(n)  SCS_REG32(0xE000E100UL + 4UL * (n))
#define NVIC_ICER(n)  SCS_REG32(0xE000E180UL + 4UL * (n))
#define NVIC_ISPR(n)  SCS_REG32(0xE000E200UL + 4UL * (n))
#define NVIC_IPR(irq) SCS_REG8(0xE000E400UL + (irq))

#define SCB_VTOR      SCS_REG32(0xE000ED08UL)
#define SCB_CCR       SCS_REG32(0xE000ED14UL)
#define SCB_SHPR(exc) SCS_REG8(0xE000ED14UL + (exc)) /* exceptions 4 to 15 */
#define SCB_SHPR3     SCS_REG32(0xE000ED20UL)        /* exceptions 12 to 15 in one */
#define SCB_SHCSR     SCS_REG32(0xE000ED24UL)
#define SCB_CFSR      SCS_REG32(0xE000ED28UL)
#define SCB_HFSR      SCS_REG32(0xE000ED2CUL)
#define SCB_MMFAR     SCS_REG32(0xE000ED34UL)
#define SCB_BFAR      SCS_REG32(0xE000ED38UL)

#define CCR_DIV_0_TRP       (1UL << 4)
#define CCR_STKALIGN        (1UL << 9)
#define SHCSR_FAULTS_PENDED (7UL << 12)
#define SHCSR_MEMFAULTENA   (1UL << 16)
#define SHCSR_BUSFAULTENA   (1UL << 17)
#define SHCSR_USGFAULTENA   (1UL << 18)
#define CFSR_STACKING       (1UL << 4 | 1UL << 12) /* either kind, on exception entry */
#define CFSR_MMARVALID      (1UL << 7)
#define CFSR_BFARVALID      (1UL << 15)

/* Exception numbers. */
#define EXC_NMI         2U
#define EXC_HARD_FAULT  3U
#define EXC_MEM_FAULT   4U
#define EXC_BUS_FAULT   5U
#define EXC_USAGE_FAULT 6U
#define EXC_SVC         11U
#define EXC_PENDSV      14U
#define EXC_SYSTICK     15U
#define EXC_IRQ0        16U

/* IPSR, and its image in xPSR: the number of the active exception, 0 in a thread. */
#define IPSR_MASK 0x1FFUL

#endif /* ARCH_CORTEX_M_SCS_H_ */
