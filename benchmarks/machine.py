"""A line on the machine, for the head of each table: figures of different machines, or of a busy one, do not compare."""

import os
import platform
from pathlib import Path


def machine() -> str:
    """Processor, cores, load of the last minute, Python."""
    names = [line.partition(":")[2].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")]
    name = names[0] if names else platform.processor() or platform.machine()
    return f"{name}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, Python {platform.python_version()}"


def resident_mb(pid: int | str = "self", kind: str = "VmRSS") -> float:
    """Resident memory of a process in megabytes (Linux): now, or the most there ever was ("VmHWM")."""
    kilobytes = next(line.split()[1] for line in _lines(f"/proc/{pid}/status") if line.startswith(f"{kind}:"))
    return int(kilobytes) / 1024


def _lines(path: str) -> list[str]:
    return Path(path).read_text("utf-8").splitlines() if Path(path).exists() else []
