;;; session-common.el --- What the sessions of both language clients share  -*- lexical-binding: t -*-

;; The plan (a JSON file) is named by CANONRY_PLAN; what was seen goes to the file that it calls `report'.

(package-initialize)
(require 'cl-lib)
(require 'json)
(require 'python)

(defconst session-plan
  (let ((json-array-type 'list))
    (json-read-file (getenv "CANONRY_PLAN"))))

(defconst session-patience 30 "Seconds for anything that has to become true.")

(setq make-backup-files nil
      create-lockfiles nil
      require-final-newline nil)

(defun session-get (key) (alist-get key session-plan))

(defun session-until (what probe)
  "Let processes and timers run until PROBE answers non-nil; WHAT is said when it never does."
  (let ((end (+ (float-time) session-patience)) found)
    (while (not (setq found (funcall probe)))
      (when (> (float-time) end)
        (error "Not within %s s: %s" session-patience what))
      (accept-process-output nil 0.05)
      (sit-for 0.01))
    found))

(defun session-report (&rest seen)
  "Write SEEN, a property list, to the report."
  (with-temp-file (session-get 'report)
    (insert (json-encode (cl-loop for (key value) on seen by #'cddr collect (cons key value))))))

(defun session-main (run state)
  "Call RUN; where it fails, say why, what the buffer holds and what STATE answers."
  (condition-case problem
      (funcall run)
    (error
     (message "FAIL: %s" (error-message-string problem))
     (message "%s" (buffer-string))
     (message "%S" (ignore-errors (funcall state)))
     (kill-emacs 1))))

(provide 'session-common)
;;; session-common.el ends here
