"""What is dear to make: made by the first worker of a run that asks, for all of them."""

import fcntl
import shutil


def made_once(tmp_path_factory, worker_id, name, make):
    """The run's folder of this name, filled by ``make(folder)``; whoever changes it copies it."""
    base = tmp_path_factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / name
    ready = folder.with_suffix(".ready")
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not ready.exists():
            shutil.rmtree(folder, ignore_errors=True)
            make(folder)
            ready.touch()
    return folder
