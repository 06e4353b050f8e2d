"""The platforms that captask is released for."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Platform:
    """What is to be known of one platform."""

    name: str
    # Rust's name of it.
    triple: str
    # What a wheel for it is called.
    wheel: str
    # glibc's version for cargo-zigbuild, which links; None where MinGW or zig alone does.
    glibc: str | None = None
    # The prefix of the platform's binutils; Debian's own know x86 in both widths.
    binutils: str = ""
    # What GNU ld calls the format, where its usual one is another.
    emulation: str | None = None
    rustflags: tuple[str, ...] = ()
    # What a static library of Rust's wants from the system.
    system_libs: str = "-lutil -lrt -lpthread -lm -ldl"
    needs: str = ""

    @property
    def windows(self) -> bool:
        return self.name.startswith("windows-")

    @property
    def musl(self) -> bool:
        return "-musl-" in self.name

    @property
    def shared(self) -> str:
        """The file name that cargo gives the shared library."""
        return "captask.dll" if self.windows else "libcaptask.so"


_WINDOWS = {
    # Otherwise the time of the build is in the DLL.
    "rustflags": ("-Clink-arg=-Wl,--no-insert-timestamp",),
}

PLATFORMS = {
    platform.name: platform
    for platform in (
        Platform(
            "linux-x86_64",
            "x86_64-unknown-linux-gnu",
            "manylinux_2_17_x86_64.manylinux2014_x86_64",
            glibc="2.17",
            needs="glibc 2.17 or later (RHEL 7, Debian 8, Ubuntu 14.04)",
        ),
        Platform(
            "linux-aarch64",
            "aarch64-unknown-linux-gnu",
            "manylinux_2_17_aarch64.manylinux2014_aarch64",
            glibc="2.17",
            binutils="aarch64-linux-gnu-",
            needs="glibc 2.17 or later",
        ),
        Platform(
            "linux-i686",
            "i686-unknown-linux-gnu",
            "manylinux_2_17_i686.manylinux2014_i686",
            glibc="2.17",
            emulation="elf_i386",
            needs="glibc 2.17 or later, a processor with SSE2",
        ),
        Platform(
            "linux-musl-x86_64",
            "x86_64-unknown-linux-musl",
            "musllinux_1_2_x86_64",
            # Without it there is no shared library.
            rustflags=("-Ctarget-feature=-crt-static",),
            system_libs="-lpthread -lm -ldl",
            needs="musl 1.2 or later (Alpine 3.13)",
        ),
        Platform(
            "windows-x64",
            "x86_64-pc-windows-gnu",
            "win_amd64",
            binutils="x86_64-w64-mingw32-",
            system_libs="-lws2_32 -lntdll -luserenv -lbcrypt -lcrypt32 -lsecur32 -lncrypt",
            needs="Windows 10 or later",
            **_WINDOWS,
        ),
        Platform(
            "windows-x86",
            "i686-win7-windows-gnu",
            "win32",
            binutils="i686-w64-mingw32-",
            system_libs="-lws2_32 -lntdll -luserenv -lbcrypt -lcrypt32 -lsecur32 -lncrypt -ladvapi32",
            needs="Windows 7 or later",
            **_WINDOWS,
        ),
        # Not released: make byte-order-test runs it, since it stores the high byte first.
        Platform("linux-s390x", "s390x-unknown-linux-gnu", "", glibc="2.17", binutils="s390x-linux-gnu-"),
    )
}
